"""The escalation ladder: its steps, when each gives way to the next, and what was answered."""
