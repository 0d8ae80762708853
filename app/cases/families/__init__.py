"""Cases that may be one child or one family, and what people decided about them."""
