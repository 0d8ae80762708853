"""What the people of a contract said that spellings in the council's lists mean."""
