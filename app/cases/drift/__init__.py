"""Cases on which nothing happens and that are old for their stage: found nightly, read weekly."""
