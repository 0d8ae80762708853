"""Management oversight of a case: what managers really did, told from their acts alone."""
