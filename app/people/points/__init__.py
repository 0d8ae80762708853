"""The points table: how many points a case counts for, and how many a worker can carry."""
