"""dependency-injector without asyncio, in a process of its own: what is there at once, and what still works later."""

import subprocess
import sys
from textwrap import dedent, indent

BEGIN = """
import sys
sys.modules.update(dict.fromkeys({hidden!r}))
from workloom.bootstrap.injector import import_injector
"""
HIDDEN = ("starlette", "werkzeug")
"""What the library would import in this environment, and the desktop's own environment lacks."""


def ran(code: str, hidden: tuple[str, ...] = HIDDEN) -> list[str]:
    """The lines that a program has printed."""
    program = BEGIN.format(hidden=hidden) + dedent(code)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert not done.returncode, indent(done.stderr, "    ")
    return done.stdout.splitlines()


def test_it_is_imported_without_asyncio_and_leaves_nothing_in_its_place() -> None:
    assert ran("""
        import_injector()
        import_injector()
        print("dependency_injector.containers" in sys.modules, "asyncio" in sys.modules, "ssl" in sys.modules)
        import asyncio
        print(type(asyncio).__name__, asyncio.run(asyncio.sleep(0, "awake")))
    """) == ["True False False", "module awake"]


def test_providers_that_await_work_all_the_same() -> None:
    lines = ran("""
        import_injector()
        from dependency_injector import containers, providers

        async def begun(name):
            yield name + " begun"
            print(name, "ended")

        async def joined(first, second):
            return first, second

        class Parts(containers.DeclarativeContainer):
            first = providers.Resource(begun, "first")
            second = providers.Resource(begun, "second")
            both = providers.Coroutine(joined, first, second)
            one = providers.Singleton(list, first)

        async def main():
            parts = Parts()
            await parts.init_resources()
            print(await parts.both(), "".join(await parts.one()))
            await parts.shutdown_resources()

        import asyncio
        asyncio.run(main())
    """)
    assert lines[0] == "('first begun', 'second begun') first begun"
    assert set(lines[1:]) == {"first ended", "second ended"}


def test_other_threads_find_the_real_asyncio_meanwhile() -> None:
    lines = ran("""
        from importlib import import_module
        from threading import Thread
        from workloom.bootstrap import injector

        def other():
            import asyncio.subprocess
            from asyncio import Future
            class Mine(asyncio.Protocol, Future):
                pass
            print(issubclass(Mine, asyncio.Future), Future.__module__, asyncio.subprocess.PIPE)

        def meet(part):
            if part == injector.PARTS[0]:
                thread = Thread(target=other)
                thread.start()
                thread.join()
            return import_module(part)

        injector.import_module = meet
        import_injector()
        import asyncio
        print(type(asyncio).__name__, asyncio.coroutines.__name__)
    """)
    assert lines == ["True _asyncio -1", "module asyncio.coroutines"]


def test_it_is_left_alone_where_it_may_use_asyncio_at_once() -> None:
    code = """
        import_injector()
        print("dependency_injector" in sys.modules)
    """
    assert ran(code) == ["True"]
    assert ran(code, hidden=("werkzeug",)) == ["False"]
    assert ran("import asyncio\n" + dedent(code)) == ["False"]
