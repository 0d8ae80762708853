"""The page of one case: its facts, its clock, what comes next and what happened."""
