"""Looking at what other threads do holds up none of them."""

import subprocess
import sys

LOOKS_WHILE_THREADS_END = """
import gc, threading, time
from workloom.plugin_manager.ways import ways_of

class Late:
    "What only the collector ends, and lets go of the interpreter as it ends."
    def __init__(self): self.me = self
    def __del__(self): time.sleep(0)

gc.set_threshold(20)
looked = threading.Event()

def begin_and_end():
    while not looked.is_set():
        brief = threading.Thread(target=list)
        brief.start()
        brief.join()

threads = [threading.Thread(target=begin_and_end) for _ in range(6)]
for thread in threads:
    thread.start()
for _ in range(3000):
    Late()
    ways_of(threads[0].ident)
looked.set()
for thread in threads:
    thread.join()
print("looked", gc.isenabled())
"""


def test_threads_begin_and_end_and_garbage_is_collected_while_it_is_looked_at_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOKS_WHILE_THREADS_END], capture_output=True, text=True, check=False, timeout=50
    )
    assert (done.stdout, done.stderr, done.returncode) == ("looked True\n", "", 0)
