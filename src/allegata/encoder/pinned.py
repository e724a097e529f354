"""The hash of the weights that this version was made with. Written by `training.pin`."""

__all__ = ["MANIFEST_SHA256"]

MANIFEST_SHA256 = "7281e75d2384b0308a3492f3af60d2cb8d14f159159cf80c4015d46ecd04d25f"
"""SHA-256 of `weights/weights.json`, which holds the hashes of all other files."""
