"""Arithmetic of the plan: no tables, no web."""
