"""Which passwords are refused, and why."""

SHORTEST = 12
LONGEST = 1_024
