"""Expenses of workers, with their receipts, by the week they are signed with."""
