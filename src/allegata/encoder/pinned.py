"""The hash of the weights that this version was made with. Written by `training.pin`."""

__all__ = ["MANIFEST_SHA256"]

MANIFEST_SHA256 = "eb972d2560fc6d6f3b712396aea656ebaec3cc715aa97cea38ea60d7401bece8"
"""SHA-256 of `weights/weights.json`, which holds the hashes of all other files."""
