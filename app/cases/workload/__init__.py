"""Workload: how many cases and points each practitioner carries, counted as cases change."""
