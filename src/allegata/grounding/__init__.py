"""Grounding: times, places and actors tied to days, coordinates and entries of the knowledge."""
