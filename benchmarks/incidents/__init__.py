"""How well reports are put together: copies, incidents, growth."""
