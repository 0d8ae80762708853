"""Where every open case would go, who takes it over, and whether they have the room."""
