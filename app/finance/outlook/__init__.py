"""The outlook: what each lot is bound to, has cost and will have cost, and how sure that is."""
