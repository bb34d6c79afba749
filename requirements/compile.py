"""Write the locks anew (`./loom lock`), or say whether they are made from what pyproject.toml says now (`--check`).

Then what is installed from them is looked at, too: `loom` installs just what they name, so a hole would stay unseen.

A lock pins every package with its hashes for all platforms and Pythons that Workloom runs on. It names no host, so it
installs from whatever index the machine is configured for. Other arguments go to uv, as `--upgrade`.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parent / "pyproject.toml"
NOTE = "# Made by ./loom lock from pyproject.toml, inputs sha256 "
# The first is made freely, the others take their versions from it. (lock, extra)
LOCKS = (
    ("dev.txt", "dev"),
    ("desktop.txt", "authors"),
    ("server.txt", "server"),
    ("demo.txt", "demo"),
    ("peers.txt", "peers"),
)


def inputs_hash(project: str) -> str:
    """A hash of what a lock is made from, out of the text of pyproject.toml."""
    table = tomllib.loads(project)["project"]
    inputs = [table[key] for key in ("requires-python", "dependencies", "optional-dependencies")]
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def outdated(folder: Path, project: str) -> list[str]:
    """The locks that were made from other inputs, or are not there."""
    wanted = NOTE + inputs_hash(project)
    paths = [folder / name for name, _extra in LOCKS]
    return [path.name for path in paths if not path.exists() or path.read_text("utf-8").splitlines()[:1] != [wanted]]


def write(name: str, extra: str, arguments: list[str]) -> None:
    """Resolve one lock. Versions that it pins already stay, unless the arguments say otherwise."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11", "--quiet"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--extra", extra]
    if name != LOCKS[0][0]:
        command += ["--constraint", str(FOLDER / LOCKS[0][0])]
    path = FOLDER / name
    command += ["--no-annotate", "--output-file", str(path), *arguments, str(PROJECT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    lock = path.read_text("utf-8")
    path.write_text(NOTE + inputs_hash(PROJECT.read_text("utf-8")) + "\n" + lock, "utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Return the exit status."""
    if arguments == ["--check"]:
        old = outdated(FOLDER, PROJECT.read_text("utf-8"))
        print("out of date, type ./loom lock: " + ", ".join(old) if old else "the locks are up to date", flush=True)
        whole = subprocess.run([sys.executable, "-m", "pip", "check"], check=False).returncode == 0
        return 0 if whole and not old else 1
    for name, extra in LOCKS:
        write(name, extra, arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
