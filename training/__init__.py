"""Corpora to examples to a model to weights. Nothing in the wheel imports it."""
