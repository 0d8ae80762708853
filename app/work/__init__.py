"""The unit of work: row scope, commands, the trail, bulk loading, outbox and idempotency."""
