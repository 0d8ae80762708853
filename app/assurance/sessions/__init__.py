"""Personal, welfare, reflective and coaching sessions, whose content only the two people read."""
