"""How full a receiving team's weeks may become, and what one child more a week would buy it."""
