"""Measures: how far the work is against its plan, read from the ledger and its counters alone."""
