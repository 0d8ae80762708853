"""The contract as data: parties, lots, receiving teams, clock rules, targets and the calendar."""
