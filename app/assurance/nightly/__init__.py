"""What is done once a day without anybody asking: escalations and drift."""
