"""What `yuimaru bench NAME` measures: one module per NAME with `measure(data, profile) -> list[Figure]`."""
