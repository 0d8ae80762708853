"""Benchmarks: what others reached, with year and source; never mixed with a lot's own figures."""
