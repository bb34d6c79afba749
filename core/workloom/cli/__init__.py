"""The command line: `workloom …`."""
