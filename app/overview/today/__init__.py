"""A practitioner's day: visits due, and each case by whose turn it is."""
