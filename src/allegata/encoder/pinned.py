"""The hash of the weights that this version was made with. Written by `training.pin`."""

__all__ = ["MANIFEST_SHA256"]

MANIFEST_SHA256 = "c9db354dd2f7facd79cd71e4c8426be82eea8491fc8740da91626fb91267e7a0"
"""SHA-256 of `weights/weights.json`, which holds the hashes of all other files."""
