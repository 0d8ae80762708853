"""Option periods: until when a contract may be carried on, and whether it is."""
