"""`workloom client`: programs that may use the HTTP API."""

import argparse

from workloom.bootstrap.catalogue import installed_privileges
from workloom.cli.engine import open_beside
from workloom.domain.privileges import CAPTURE_READ, CAPTURE_SEND
from workloom.domain.site import Client
from workloom.services.site_files.writing import write_client
from workloom.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom client`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="Add a client to the site in force, and print its token once.")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--title", default="", help="what people call it")
    add.add_argument(
        "--point", action="append", default=[], dest="points", metavar="NAME", help="a capture point that it may use"
    )
    add.add_argument(
        "--privilege",
        action="append",
        default=[],
        dest="privileges",
        metavar="NAME",
        help=f"what it may do; left out: {CAPTURE_SEND}, {CAPTURE_READ}",
    )
    token = actions.add_parser("token", help="Give a client another token, and print it once.")
    token.add_argument("name", metavar="NAME")
    token.add_argument("--replace", action="store_true", help="refuse its former tokens from now on")
    remove = actions.add_parser("remove", help="Take a client away; its tokens are refused from now on.")
    remove.add_argument("name", metavar="NAME")
    actions.add_parser("list", help="List the clients.")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out one action."""
    with open_beside(settings) as engine:
        clients = engine.clients
        if arguments.action == "add":
            wanted = Client(
                name=arguments.name,
                title=arguments.title,
                capture_points=tuple(dict.fromkeys(arguments.points)),
                privileges=tuple(dict.fromkeys(arguments.privileges)) or (CAPTURE_SEND, CAPTURE_READ),
            )
            _tell(*clients.add(wanted, installed_privileges()))
        elif arguments.action == "token":
            _tell(*clients.renew(arguments.name, replace_all=arguments.replace))
        elif arguments.action == "remove":
            clients.remove(arguments.name)
            print(f"The client {arguments.name} is gone. Take it out of your site file as well.")
        else:
            for client in clients.all():
                print(_line(client))
    return 0


def _tell(client: Client, token: str) -> None:
    print(f"Token of {client.name}, which is not shown again:\n\n    {token}\n")
    print("Keep this in your site file, so that the next `workloom site apply` does not take it away:\n")
    print(write_client(client), end="")


def _line(client: Client) -> str:
    tokens = len(client.token_hashes)
    state = "" if client.enabled else ", not enabled"
    said = f"{tokens} token{'' if tokens == 1 else 's'}{state}"
    return f"{client.name}: {said}; points: {', '.join(client.capture_points) or 'none'}"
