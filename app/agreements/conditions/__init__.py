"""Conditions on which the council agreed: dated, owned, and in the way of an end until met."""
