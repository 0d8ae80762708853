"""What measures and service levels say of each lot, in words ready to be told."""
