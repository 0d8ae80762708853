"""Passwords: which are refused, and how they are kept."""
