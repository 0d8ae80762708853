"""What supervision has to talk about, built from what the rooms know of the cases."""
