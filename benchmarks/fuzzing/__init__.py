"""Fuzzing: what is let loose on, and how."""
