"""What goes back to the council at the end, and what is then erased by two people."""
