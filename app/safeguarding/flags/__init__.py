"""Immediate safeguarding flags: raised by anybody on any reference, and never lost."""
