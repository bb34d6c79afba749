"""The one thread of a process in which sockets live, with its asyncio loop."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any


class LoopThread:
    """Started with the first task, ended by `close`."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self, task: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run a coroutine, which is made in the loop's thread, until it ends. Any thread."""
        asyncio.run_coroutine_threadsafe(_made(task), self._running())

    def soon(self, function: Callable[[], None]) -> None:
        """Call a function in the loop's thread. Any thread; does nothing when there is none."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(function)

    def aside(self, function: Callable[[], None]) -> None:
        """Call a function that may block in a thread beside. Only in the loop's thread."""
        asyncio.get_running_loop().run_in_executor(None, function)

    def close(self, timeout: float = 3.0) -> None:
        """Cancel what runs and end the thread. Blocks up to `timeout` seconds."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        if thread is not threading.current_thread():
            thread.join(timeout)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_run, args=(self._loop,), name="sockets", daemon=True)
                self._thread.start()
            return self._loop


async def _let_go() -> None:
    """Connections that were cut off in the middle of their opening are closed in the next turns of the loop."""
    for _turn in range(3):
        await asyncio.sleep(0)


async def _made(task: Callable[[], Coroutine[Any, Any, None]]) -> None:
    await task()


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        rest = asyncio.all_tasks(loop)
        for task in rest:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*rest, return_exceptions=True))
        loop.run_until_complete(_let_go())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
