"""Capacity: the hours a worker has left in a week, and the points they can carry."""
