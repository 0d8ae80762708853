"""Groups of open cases that cut across states, counted week by week as cases come and leave."""
