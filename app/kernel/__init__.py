"""The pure words every room shares: acts, errors, days, clocks, states, money and pages."""
