"""The calendar of handovers: weeks booked, proposed and over, and plans that smooth them."""
