"""How supervision keeps to the contract, in counts, and how good it is, by sample."""
