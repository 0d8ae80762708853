"""Who would stay with the council when the project ends, and what they agreed may be told."""
