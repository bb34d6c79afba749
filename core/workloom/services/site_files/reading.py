"""A site file read and checked as a whole: the site, and everything that is wrong with the file."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from msgspec import Struct

from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import declared_names
from workloom.domain.option_values import Unfit, as_text, read_value
from workloom.domain.options import MEDIA_TYPE
from workloom.domain.site import Person, Site
from workloom.services.site_files import objects
from workloom.services.site_files.positions import Path, Positions, find_positions
from workloom.services.site_files.references import check_references
from workloom.services.site_files.table import Problem, Problems, Table, shortened, unknown

MAXIMUM_BYTES: Final = 16 * 1024 * 1024
"""A site file of 10,000 people has 3 MB."""


_ROUTING_QUEUE: Final = "intercommunication.<mt>.queue"


class SiteFile(Struct, frozen=True, kw_only=True):
    """What a site file says. `passwords`: plain ones by person. Do not use the site when there are errors."""

    site: Site
    passwords: Mapping[str, str] = {}
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that keep the site from use."""
        return tuple(problem for problem in self.problems if not problem.warning)


def read_site(raw: bytes, catalogue: OptionCatalogue, privileges: Collection[str]) -> SiteFile:
    """The site that the bytes of a file say. Never raises for what the file holds: all of it is in `problems`.

    Options that nobody declares, or with a value that does not fit, are warnings: they are kept, and the last good
    layer holds in their place.
    """
    text, problem = _text_of(raw)
    if problem:
        return SiteFile(site=Site(), problems=(problem,))
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return SiteFile(site=Site(), problems=(toml_problem(error),))
    except RecursionError:
        too_deep = Problem(line=0, column=0, message="lists or tables are too deep in one another")
        return SiteFile(site=Site(), problems=(too_deep,))
    return _read(data, find_positions(text), catalogue, privileges)


def _read(
    data: Mapping[str, Any], positions: Positions, catalogue: OptionCatalogue, privileges: Collection[str]
) -> SiteFile:
    problems = Problems(positions)
    root = Table(data, (), problems)
    plain: dict[str, str] = {}
    site = _site(root, plain)
    passwords = dict(_passwords(plain, site, problems))
    root.finish()
    check_references(site, privileges, problems)
    for path, raw in _option_tables(data):
        check_options(raw, path, site, catalogue, problems)
    return SiteFile(site=site, passwords=passwords, problems=problems.all())


def _site(root: Table, plain: dict[str, str]) -> Site:
    """The site; plain passwords are put into `plain` by person, for they never become part of it."""

    def person(name: str, table: Table) -> Person:
        plain[name] = table.text("password")
        return objects.person(name, table)

    general, times = root.table("site"), root.table("timers")
    site = Site(
        name=general.text("name", "Workloom"),
        title=general.text("title", needed=True),
        subtitle=general.text("subtitle"),
        demo_password=general.text("demo-password"),
        tenant=general.text("tenant", "default"),
        tenant_capacity_rule=general.text("capacity-rule"),
        timers=objects.timers(times),
        media_types=root.objects("media-types", objects.media_type),
        roles=root.objects("roles", objects.role),
        groups=root.objects("groups", objects.group),
        persons=root.objects("persons", person),
        places=root.objects("places", objects.place),
        capacity_rules=root.objects("capacity-rules", objects.capacity_rule),
        strategies=root.objects("strategies", objects.strategy),
        queues=root.objects("queues", objects.queue),
        workbins=root.objects("workbins", objects.workbin),
        transactions=root.objects("transactions", objects.transaction),
        business_attributes=root.objects("business-attributes", objects.business_attribute),
        capture_points=root.objects("capture-points", objects.capture_point),
        clients=root.objects("clients", objects.client),
        application_options=objects.options(root, "options"),
        tenant_options=objects.options(root, "tenant-options"),
    )
    general.finish()
    times.finish()
    return site


def _passwords(plain: Mapping[str, str], site: Site, problems: Problems) -> Iterator[tuple[str, str]]:
    """Plain passwords by person: the person's own, else that of a demo site for who has no hash."""
    for name, person in site.persons.items():
        password = plain[name]
        if password and person.password:
            problems.key(("persons", name, "password"), "there is a “password-hash” as well; keep one of them")
        elif password:
            if not site.demo_password:
                message = "a password in plain text; keep “password-hash” (workloom site hash) in its place"
                problems.key(("persons", name, "password"), message, warning=True)
            yield name, password
        elif site.demo_password and not person.password:
            yield name, site.demo_password


def _option_tables(data: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each table of options with its path."""
    for key in ("options", "tenant-options"):
        if isinstance(data.get(key), dict):
            yield (key,), data[key]
    for kind in ("groups", "persons", "transactions"):
        group = data.get(kind)
        for name, one in group.items() if isinstance(group, dict) else ():
            if isinstance(one, dict) and isinstance(one.get("options"), dict):
                yield (kind, name, "options"), one["options"]


def check_options(raw: dict[str, Any], path: Path, site: Site, catalogue: OptionCatalogue, problems: Problems) -> None:
    """Warn of options that nobody declares, or whose value does not fit. `path` leads to the table."""
    layer = {"options": "Application", "tenant-options": "Tenant"}.get(str(path[0])) or _layer(path)
    for name, where, value in objects.settings_in(raw, path):
        if objects.why_no_option(value):
            continue  # that is said already, as an error
        declared = catalogue.find(name)
        if declared is None:
            problems.key(where, f"option {_no_option(name, site, catalogue)} (layer {layer})", warning=True)
            continue
        media_type = declared.filled.get(MEDIA_TYPE)
        if media_type is not None and media_type not in site.media_types:
            message = f"option {name}: media type {unknown(media_type, tuple(site.media_types))} (layer {layer})"
            problems.key(where, message, warning=True)
            continue
        if path[0] == "transactions" and not declared.spec.strategy:
            problems.key(where, f"option {name}: a strategy may not override it (layer {layer})", warning=True)
        try:
            read = read_value(declared.spec, value, site)
            if declared.spec.name == _ROUTING_QUEUE and read and not site.queues[str(read)].strategy:
                message = f"option {name}: the queue “{read}” has no strategy, so nothing can be sent on through it"
                problems.value(where, f"{message} (layer {layer})", warning=True)
        except Unfit as unfit:
            message = f"option {name}: expected {unfit.expected}, found “{shortened(as_text(value))}” (layer {layer})"
            problems.value(where, message, warning=True)


def _no_option(name: str, site: Site, catalogue: OptionCatalogue) -> str:
    near = get_close_matches(name, [known for known, _ in declared_names(catalogue, site, ())], n=1)
    return f"“{name}” is declared by nobody" + (f"; did you mean “{near[0]}”?" if near else "")


def _layer(path: Path) -> str:
    kind = {"groups": "Agent Group", "persons": "Person", "transactions": "Strategy"}[str(path[0])]
    return f"{kind} {path[1]}"


def _text_of(raw: bytes) -> tuple[str, Problem | None]:
    if len(raw) > MAXIMUM_BYTES:
        message = f"the file has {len(raw):,} bytes; a site file has {MAXIMUM_BYTES:,} at most"
        return "", Problem(line=0, column=0, message=message)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        return "", Problem(line=line, column=column, message="the file is not in UTF-8")
    return text.replace("\r\n", "\n"), None


def toml_problem(error: tomllib.TOMLDecodeError) -> Problem:
    """Where the text is no TOML, and why. Its message ends with `(at line 3, column 5)` or `(at end of document)`."""
    message, _, where = str(error).rpartition(" (at ")
    numbers = re.fullmatch(r"line (\d+), column (\d+)\)", where)
    line, column = (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
    return Problem(line=line, column=column, message=f"this is no TOML: {message or error}")
