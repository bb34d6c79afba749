"""Rules and values of the work: no input, no output, no clock."""
