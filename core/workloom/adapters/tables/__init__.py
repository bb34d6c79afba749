"""What the stores on SQLite and on PostgreSQL share: how values become columns, and groups of tables over a `Database`.

Each store has its own SQL, in files beside it with statements of the same names.
"""
