"""Clearway: a contract that clears a backlog of social work assessments, end to end."""
