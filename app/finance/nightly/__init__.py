"""What money does once a day without anybody asking: points are counted, outlooks worked out."""
