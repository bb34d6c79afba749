"""The inspector: which plugins there are, what they add, how long their calls take, what they did wrong."""
