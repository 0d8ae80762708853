"""Prices: what each lot pays for what, from a day to a day, and up to how much."""
