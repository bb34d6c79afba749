"""Lets other programs of the same computer ask for the agent's state and change it."""

from collections.abc import Callable
from functools import partial
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from workloom.api import Context, Presence, WorkloomError, hook


class RemoteControl:
    """A small web server for each agent, on loopback only, which ends with the session."""

    @hook
    def session_started(self, context: Context) -> None:
        """Begins to listen if a token is set."""
        token = context.options().text("remote-control.token")
        if not token:
            return
        port = context.options().number("remote-control.port")
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Answers, token, partial(asked, context)))
        Thread(target=server.serve_forever, args=(0.05,), name="remote-control", daemon=True).start()
        context.on_stop(server.server_close)
        context.on_stop(server.shutdown)
        context.log.info("Listening on port %s", server.server_port)


def asked(context: Context, wanted: str) -> str:
    """Change to a state, if one is named, and say how things stand. Services may be called from any thread."""
    if wanted:
        context.services.presence.set_state(Presence(wanted))
    return "\n".join(f"{one.media_type}: {one.state}" for one in context.services.presence.session().channels)


class Answers(BaseHTTPRequestHandler):
    """`GET /` says the state, `POST /ready` changes it."""

    def __init__(self, token: str, ask: Callable[[str], str], *given: object) -> None:
        self._token, self._ask = token, ask
        super().__init__(*given)  # type: ignore[arg-type]  # what the server hands on

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.path.strip("/"))

    def _answer(self, wanted: str) -> None:
        knows = compare_digest(self.headers.get("Authorization", ""), f"Bearer {self._token}")
        try:
            status, text = (200, self._ask(wanted)) if knows else (401, "The token is wrong.")
        except (WorkloomError, ValueError) as error:
            status, text = 409, str(error)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_words: object) -> None:
        """The log of the plugin says what matters."""
