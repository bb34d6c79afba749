"""`workloom server`: a node that serves desktops."""

import argparse
import json
import os

from workloom.domain.errors import BadInput
from workloom.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom server`."""
    parser.epilog = "Settings stand in docs/reference/server.md. SIGTERM lets the node drain and end."
    parser.add_argument("--config", metavar="FILE", default="", help="TOML file with settings of the node")
    parser.add_argument("--openapi", action="store_true", help="print the OpenAPI document of the HTTP API, and end")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until a signal; 0 when the node was told to stop."""
    try:
        from workloom.bootstrap.server import openapi_text, run_node
        from workloom.server.settings import read_settings
    except ModuleNotFoundError as error:
        raise BadInput(f"A server needs more libraries ({error.name}). Install workloom[server].") from error
    if arguments.openapi:
        print(openapi_text(), end="")
        return 0
    given = read_settings(arguments.config, os.environ)
    run_node(given, settings.data, lambda port: _say_started(given.host, port, tls=bool(given.tls_certificate)))
    return 0


def _say_started(host: str, port: int, *, tls: bool) -> None:
    """One line of JSON: whoever starts nodes reads the address from it."""
    named = f"[{host}]" if ":" in host else host
    said = {"event": "started", "url": f"{'https' if tls else 'http'}://{named}:{port}", "host": host, "port": port}
    print(json.dumps(said), flush=True)
