"""How well allegata reads: scores, their floors, and the gate that guards them."""
