"""The OpenAPI 3.1 document, made of the operations and of the types that requests are decoded with."""

from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import Any, Final

from msgspec import json

from workloom import __version__
from workloom.server.http_api.fields import ATTACHED_VALUE, ATTACHED_VALUE_SCHEMA
from workloom.server.http_api.operations import Operation, Parameter
from workloom.wire import JSON, MEDIA_PROBLEM, Problem

_REF: Final = "#/components/schemas/{name}"
_TOKEN: Final = "token"  # noqa: S105 - the name of the scheme
_MEANS: Final = {
    200: "Done.",
    201: "Made. `Location` says where it is.",
    204: "Done.",
    400: "The request does not fit this document; `field` is the JSON pointer of what is wrong, or `where` its place.",
    401: "There is no token, or it is not known.",
    403: "The caller may not do this; `privilege` names what is missing.",
    404: "There is no such object.",
    409: "It fits this document, and not the site or the state of the object.",
    412: "The object has another version by now.",
    413: "The body is too large.",
    415: "The body is of another type.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    500: "The server has failed; `reference` finds it in its log.",
    503: "The data cannot be read or written at this moment. Send the same again.",
}
_ALWAYS: Final = (400, 401, 403, 404, 409, 429, 500, 503)
_WITH_BODY: Final = (413, 415)
_ABOUT: Final = (
    "Capture of work items from other programs, and administration of a site. Each request carries a token of a client"
    " of the site (`workloom client add`). Names that an object does not have are refused. Errors are problem details"
    " (RFC 9457)."
)


def document_of(operations: Iterable[Operation]) -> dict[str, Any]:
    """The whole document."""
    found = tuple(operations)
    types = [type_ for operation in found for type_ in (operation.body, *operation.results.values()) if type_]
    _, schemas = json.schema_components([*types, Problem], ref_template=_REF)
    for schema in schemas.values():
        if "description" in schema:  # before Python 3.13 its lines stand as deep as in the code
            schema["description"] = cleandoc(schema["description"])
    paths: dict[str, dict[str, Any]] = {}
    for operation in found:
        paths.setdefault(operation.address, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Workloom", "version": __version__, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{_TOKEN: []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(operation.tag for operation in found)],
        "paths": paths,
        "components": {
            "schemas": dict(sorted({**schemas, ATTACHED_VALUE: dict(ATTACHED_VALUE_SCHEMA)}.items())),
            "securitySchemes": {
                _TOKEN: {"type": "http", "scheme": "bearer", "description": "The token of a client of the site."}
            },
        },
    }


def document_text(operations: Iterable[Operation]) -> str:
    """The document as it is committed: indented, with a line break at its end."""
    return json.format(json.encode(document_of(operations)), indent=2).decode() + "\n"


def _operation(operation: Operation) -> dict[str, Any]:
    needed = " and ".join(f"*{name}*" for name in (operation.privilege, *operation.also) if name)
    needs = f"Needs {needed}." if needed else ""
    described = " ".join(text for text in (operation.description, needs) if text)
    made: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [operation.tag],
        **({"description": described} if described else {}),
        "parameters": [_parameter(each) for each in operation.parameters],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        made["requestBody"] = {
            "required": operation.body_needed,
            "content": {operation.media_type: {"schema": _schema(operation.body)}},
        }
    return made


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = _schema(parameter.type)
    if parameter.default is not None:
        schema = {**schema, "default": parameter.default}
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.place == "path",
        "description": parameter.description,
        "schema": schema,
    }


def _responses(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, type_ in operation.results.items():
        found[str(status)] = {"description": _MEANS[status], **_content(JSON, type_)}
        headers = {**operation.headers, **({"Location": "Where it is."} if status == 201 else {})}
        if headers:
            found[str(status)]["headers"] = {
                name: {"description": text, "schema": {"type": "string"}} for name, text in headers.items()
            }
        if operation.links:
            found[str(status)]["links"] = {
                target: {"operationId": target, "parameters": dict(values)}
                for target, values in operation.links.items()
            }
    conditional = (412,) if any(each.name == "If-Match" for each in operation.parameters) else ()
    for status in sorted((*_ALWAYS, *conditional, *(_WITH_BODY if operation.body is not None else ()))):
        found[str(status)] = {"description": _MEANS[status], **_content(MEDIA_PROBLEM, Problem)}
    return found


def _content(media_type: str, type_: Any) -> Mapping[str, Any]:
    if type_ is None:
        return {}
    return {"content": {media_type: {"schema": _schema(type_)}}}


def _schema(type_: Any) -> dict[str, Any]:
    """A reference for a Struct, the schema itself for anything else."""
    (schema,), _ = json.schema_components([type_], ref_template=_REF)
    return schema
