"""How fast allegata reads, how soon it answers, and how much memory it takes."""
