"""What the ports of the services meet outside: SQLite, files, the clock."""
