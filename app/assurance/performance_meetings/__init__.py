"""The weekly performance meeting of a lot: its agenda, what it decides, and its minutes."""
