"""Child protection plans, and the conferences at which they are reviewed."""
