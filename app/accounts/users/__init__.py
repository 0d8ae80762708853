"""The administrator's list of people who can sign in."""
