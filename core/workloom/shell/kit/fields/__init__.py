"""Fields in which a value is edited. Each has the same small face: text, error, edited, left."""
