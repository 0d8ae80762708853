"""Whose clock it was, lot by lot and week by week, in days alone."""
