"""Section 47 enquiries: from the strategy discussion to the conference and its result."""
