"""Where our register, the council's list and the list before it say different things."""
