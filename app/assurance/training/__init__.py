"""Training sessions, who came, and the system problems that were found and put right."""
