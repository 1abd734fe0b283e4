"""Set-ups asked the questions of a data set."""
