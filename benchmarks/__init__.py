"""How well and how fast allegata reads. Every figure is defined in `benchmarks/README.md`."""
