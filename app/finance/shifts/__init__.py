"""Shifts: the rota's days, how they went otherwise, weeks signed off, and expenses."""
