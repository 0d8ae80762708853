"""Service levels: what was agreed of a measure in a lot, and where the lot is heading."""
