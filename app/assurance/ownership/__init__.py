"""Whether every open case has one owner and one next step, looked at nightly and on demand."""
