"""Recipe: Own reasons."""
