"""Acts on many cases at once: chosen, looked at, run one by one, told row by row, undone."""
