"""What stands on the escalation ladder, for whoever must answer: its list, its mail, its climb."""
