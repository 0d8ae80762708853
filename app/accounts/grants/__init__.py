"""Who may do what, printed from the one table that decides it."""
