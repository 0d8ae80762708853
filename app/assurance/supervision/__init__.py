"""Supervision of cases: when it is due, what is on its agenda, and what was decided."""
