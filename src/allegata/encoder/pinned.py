"""The hash of the weights that this version was made with. Written by `training.pin`."""

__all__ = ["MANIFEST_SHA256"]

MANIFEST_SHA256 = "f68ae0d900822d9d439fe07c389f0da6d51de8f1ee002eba2854047281377e06"
"""SHA-256 of `weights/weights.json`, which holds the hashes of all other files."""
