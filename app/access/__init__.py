"""Who may do what: roles, grants and the actor, and the tables of people and their sign-ins."""
