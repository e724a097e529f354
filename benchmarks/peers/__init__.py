"""Parts of allegata against what others use for the same: both sides in one run, losses too."""
