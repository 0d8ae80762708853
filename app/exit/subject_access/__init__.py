"""Everything that is held on one reference, as a file, for whoever it is about."""
