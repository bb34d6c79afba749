"""No-op jobs a second of the queues of others: `… pgqueuer|procrastinate DSN JOBS`. Runs alone, in `.venv-peers`.

Counted until the last job is written as done; a worker that was told to end takes seconds to do so.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable


async def pgqueuer(dsn: str, jobs: int) -> float:
    """Seconds for so many jobs by its own worker, which takes them in batches."""
    import psycopg
    from pgqueuer import PgQueuer, PsycopgDriver, Queries  # type: ignore[import-not-found]
    from pgqueuer.types import QueueExecutionMode  # type: ignore[import-not-found]

    connection = await psycopg.AsyncConnection.connect(dsn, autocommit=True)
    async with connection:
        driver = PsycopgDriver(connection)
        queries = Queries(driver)
        await queries.install()
        await queries.enqueue(["noop"] * jobs, [None] * jobs, [0] * jobs)
        worker = PgQueuer(driver)
        ended: list[float] = []
        written = worker.qm.queries.log_jobs

        async def log_jobs(statuses: list[object]) -> None:
            await written(statuses)
            ended.append(time.perf_counter())

        worker.qm.queries.log_jobs = log_jobs

        @worker.entrypoint("noop")  # type: ignore[untyped-decorator]
        async def noop(_job: object) -> None:
            """Nothing."""

        begun = time.perf_counter()
        await worker.run(mode=QueueExecutionMode.drain, batch_size=200, max_concurrent_tasks=400)
        return ended[-1] - begun


async def procrastinate(dsn: str, jobs: int) -> float:
    """The same, with as many jobs at a time as its worker may have."""
    from procrastinate import App, PsycopgConnector  # type: ignore[import-not-found]

    app = App(connector=PsycopgConnector(conninfo=dsn))

    @app.task(name="noop")  # type: ignore[untyped-decorator]
    async def noop() -> None:
        """Nothing."""

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await noop.batch_defer_async(*({} for _ in range(jobs)))
        begun = time.perf_counter()
        await app.run_worker_async(wait=False, concurrency=20, install_signal_handlers=False)
        return time.perf_counter() - begun


PEERS: dict[str, Callable[[str, int], Awaitable[float]]] = {"pgqueuer": pgqueuer, "procrastinate": procrastinate}


async def main(peer: str, dsn: str, jobs: int) -> None:
    """Say jobs a second."""
    print(json.dumps({"speed": jobs / await PEERS[peer](dsn, jobs)}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
