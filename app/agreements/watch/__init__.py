"""Whether children come back after their case was closed: seen in later lists, told by lot."""
