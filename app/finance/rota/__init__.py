"""The rota as money reads it: each worker's days for each lot."""
