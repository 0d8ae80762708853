"""Milestones: what is paid when the council certifies that something was achieved."""
