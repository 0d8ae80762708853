"""What lands on the receiving teams: handovers that wait, and what each team takes this week."""
