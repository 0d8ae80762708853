"""All that is known of one child's protection, on one page and in a few lines."""
