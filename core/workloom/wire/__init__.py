"""What a desktop and a server node say to each other: calls, frames and problems. No Qt, no sockets.

The calls are made from the service Protocols of `api.services`, so that there is one source of truth: who adds a
function there has added its route.
"""

from workloom.wire.calls import BACKEND_CALLS, CALLS, Call, Info, LoggedIn, call_named, service_calls
from workloom.wire.codec import convert_to, decode, encode
from workloom.wire.frames import (
    ClientFrame,
    Ended,
    Hello,
    News,
    Ping,
    Pong,
    ServerFrame,
    Welcome,
    decode_client_frame,
    decode_server_frame,
    pack,
)
from workloom.wire.problems import PROBLEM_TYPE, Problem, Said, error_of, problem_of
from workloom.wire.protocol import (
    BASE,
    EVENTS_PATH,
    GO_BACK,
    INFO_PATH,
    JSON,
    KEY_HEADER,
    MEDIA_PROBLEM,
    VERSION,
    VERSION_HEADER,
    WORKING_VERSIONS,
    check_version,
)

__all__ = [
    "BACKEND_CALLS",
    "BASE",
    "CALLS",
    "EVENTS_PATH",
    "GO_BACK",
    "INFO_PATH",
    "JSON",
    "KEY_HEADER",
    "MEDIA_PROBLEM",
    "PROBLEM_TYPE",
    "VERSION",
    "VERSION_HEADER",
    "WORKING_VERSIONS",
    "Call",
    "ClientFrame",
    "Ended",
    "Hello",
    "Info",
    "LoggedIn",
    "News",
    "Ping",
    "Pong",
    "Problem",
    "Said",
    "ServerFrame",
    "Welcome",
    "call_named",
    "check_version",
    "convert_to",
    "decode",
    "decode_client_frame",
    "decode_server_frame",
    "encode",
    "error_of",
    "pack",
    "problem_of",
    "service_calls",
]
