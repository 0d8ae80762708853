"""One-time links by which a person chooses a password."""
