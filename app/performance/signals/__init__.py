"""Signals: what in a measure is more than chance, and what chance alone does to it."""
