"""A home page for each role, answering its first questions."""
