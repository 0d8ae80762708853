"""Reopening: a cleared case comes back, for a coded reason, and its credit is reversed."""
