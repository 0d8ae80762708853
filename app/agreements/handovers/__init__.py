"""Handovers: an agreed case goes to a council team once the council accepts it."""
