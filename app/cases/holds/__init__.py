"""Whose clock it is: holds that somebody else has a case for, and the whole time shared out."""
