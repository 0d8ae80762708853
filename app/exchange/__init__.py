"""Lists coming in from the council and lists going out: files, their layouts and their rows."""
