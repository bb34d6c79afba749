"""`python -m workloom_remote`: asks the desktop of an agent on this computer, and prints its answer as JSON."""

import argparse
import json
import sys
from multiprocessing import AuthenticationError

from workloom_remote import places
from workloom_remote.channel import ask
from workloom_remote.requests import STATES


def main(arguments: list[str] | None = None) -> int:
    """1 when the desktop cannot be reached or refuses."""
    parser = argparse.ArgumentParser(prog="python -m workloom_remote", description=__doc__)
    parser.add_argument("--agent", default="", help="user name, where several agents have a desktop open")
    commands = parser.add_subparsers(dest="do", required=True)
    commands.add_parser("status", help="channels with their states, open items")
    state = commands.add_parser("set-state", help="change the agent's state")
    state.add_argument("state", choices=STATES)
    state.add_argument("--reason", default="")
    state.add_argument("--channel", default="", help="a media type; without it all channels")
    show = commands.add_parser("open", help="bring an item that is with the agent to the front")
    show.add_argument("item", help="id of the item")
    request = vars(parser.parse_args(arguments))
    try:
        answer = ask(places.find(request.pop("agent")), request)
    except (LookupError, OSError, EOFError, AuthenticationError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{json.dumps(answer, indent=2)}\n")
    return 1 if "error" in answer else 0


if __name__ == "__main__":
    sys.exit(main())
