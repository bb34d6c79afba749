"""A contact centre under chaos: desktops, nodes and PostgreSQL that are killed, stopped and cut off under work."""
