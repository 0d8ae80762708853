"""Engine, table base and column types: how rows are kept on SQLite and on PostgreSQL."""
