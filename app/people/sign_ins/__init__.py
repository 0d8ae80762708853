"""Sign-ins of practitioners on the roster, who are invited by an administrator."""
