"""The PostgreSQL of the tests keeps what it acknowledged, and its databases know nothing of each other."""

import psycopg

from tests.server.postgres import PostgresServer


def test_a_test_has_a_database_of_its_own(postgres: PostgresServer, empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE only_here (x int)")
    with postgres.database() as other, psycopg.connect(other) as connection:
        assert connection.execute("SELECT to_regclass('only_here')").fetchone() == (None,)


def test_a_database_is_copied_from_its_template(postgres: PostgresServer, empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE there (x int)")
    name = psycopg.conninfo.conninfo_to_dict(empty_database)["dbname"]
    with postgres.database(str(name)) as copy, psycopg.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM there").fetchone() == (0,)


def test_what_was_committed_outlives_a_killed_server(own_postgres: PostgresServer, empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS x")
    own_postgres.kill()
    own_postgres.start()
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("SELECT x FROM kept").fetchone() == (7,)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
