"""How the council's own workforce of a lot stood on a day, as somebody counted it."""
