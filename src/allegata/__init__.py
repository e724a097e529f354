"""allegata: who says that what happened."""
