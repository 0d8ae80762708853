"""How many children each receiving team takes in each week."""
