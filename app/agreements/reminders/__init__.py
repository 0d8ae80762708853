"""Reminders: one digest a day for whoever decides, and chasing that stops."""
