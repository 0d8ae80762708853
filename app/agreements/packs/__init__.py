"""The pack that goes with a case to its receiving team."""
