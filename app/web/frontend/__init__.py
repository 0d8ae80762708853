"""The sources of what the browser gets, and the step that builds them."""
