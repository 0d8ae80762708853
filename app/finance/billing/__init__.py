"""Billing: which lines a month's evidence comes to under a lot's prices."""
