"""What a handover asks of a case before it is requested, by outcome and council."""
