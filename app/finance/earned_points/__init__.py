"""Earned points: weights and milestones agreed by both sides, and points counted week by week."""
