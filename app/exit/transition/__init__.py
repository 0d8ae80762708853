"""Who stays and who leaves, what was offered, and how the team runs down."""
