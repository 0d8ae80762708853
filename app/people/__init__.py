"""The agency's practitioners and managers: who is qualified, where they work and until when."""
