"""Checks: what must be known of a worker before a child's case is in their hands."""
