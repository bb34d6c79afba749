"""History of a contact and of one's own work, search and reopen."""
