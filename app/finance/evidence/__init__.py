"""Evidence: what happened in a lot's month that its prices pay for, each thing once."""
