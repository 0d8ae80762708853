"""Earned value: lots against their plan and their cost."""
