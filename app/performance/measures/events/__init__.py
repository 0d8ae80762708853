"""The one select of each measure: every event that it looks at, and whether it counts."""
