"""Signed hours and expenses that no price of their lot pays for."""
