"""Safety of children: flags, enquiries, pre-proceedings, unresolved issues and thresholds."""
