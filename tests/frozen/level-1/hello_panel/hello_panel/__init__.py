"""Hello panel: the smallest Workloom extension."""
