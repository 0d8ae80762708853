"""How pages are asked for and answered: route guard, forms, rendering, problems, headers."""
