"""Two weeks after a handover: whether it stuck."""
