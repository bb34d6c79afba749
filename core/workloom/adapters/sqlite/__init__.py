"""The store on SQLite: a file in WAL mode with `synchronous=FULL`, or `:memory:`."""
