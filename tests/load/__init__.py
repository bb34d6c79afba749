"""Many agents on several nodes: how long offers and answers take, and whether everything is right meanwhile."""
