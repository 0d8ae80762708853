"""Lines: what stands behind one line of an invoice, and what both sides say of it."""
