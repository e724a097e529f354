"""The hash of the weights that this version was made with. Written by `training.pin`."""

__all__ = ["MANIFEST_SHA256"]

MANIFEST_SHA256 = "b898188c1c64064039f8d43752a106b64d52830841a250218968388dfcaa620e"
"""SHA-256 of `weights/weights.json`, which holds the hashes of all other files."""
