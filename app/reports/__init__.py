"""What both sides of a contract read and settle together: packs, meetings and commentary."""
