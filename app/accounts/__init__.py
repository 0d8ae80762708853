"""Who can sign in: passwords, sessions, people, one-time links, who may do what and the trail."""
