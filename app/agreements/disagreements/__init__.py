"""Disagreements: both positions kept as they were said, a third view, and what comes of it."""
