"""What a commissioner asks first, lot by lot, in figures that tell of no single case."""
