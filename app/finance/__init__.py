"""Money: each lot's budget by week, what was spent, and what it will have cost when it ends."""
