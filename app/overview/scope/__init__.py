"""The scope ledger as a statement, and the cases behind each of its terms."""
