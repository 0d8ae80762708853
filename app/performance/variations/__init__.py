"""What the two sides agreed to change in a contract, and what it was first."""
