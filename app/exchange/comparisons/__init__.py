"""A comparison of two days of the ledger on its way out, as a file."""
