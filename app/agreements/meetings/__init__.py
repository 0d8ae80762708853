"""Agreement meetings: an agenda of proposals, each decided in turn, and minutes made of that."""
