"""A calendar feed of one's own days: supervision, visits, actions, handovers and meetings."""
