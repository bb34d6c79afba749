"""The checks of a site file, for a site that did not come from one: each problem with the path to what is wrong."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from workloom.domain.errors import BadInput
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.site import Site
from workloom.services.site_documents import KINDS
from workloom.services.site_files import objects
from workloom.services.site_files.positions import Path, Positions
from workloom.services.site_files.reading import check_options
from workloom.services.site_files.references import check_references
from workloom.services.site_files.table import Problem, Problems, Table
from workloom.services.site_files.writing import table_of


def problems_of(site: Site, catalogue: OptionCatalogue, privileges: Collection[str]) -> tuple[Problem, ...]:
    """Everything that is wrong with a site, warnings included."""
    problems = Problems(Positions({}, {}))
    check_references(site, privileges, problems)
    options: dict[Path, Mapping[str, object]] = {
        ("options",): site.application_options,
        ("tenant-options",): site.tenant_options,
        **{("groups", name, "options"): group.options for name, group in site.groups.items()},
        **{("persons", name, "options"): person.options for name, person in site.persons.items()},
        **{("transactions", name, "options"): one.options for name, one in site.transactions.items()},
    }
    for path, raw in options.items():
        check_options(dict(raw), path, site, catalogue, problems)
    return problems.all()


_MAKERS: Final[Mapping[str, Callable[[str, Table], Struct]]] = {
    "media-types": objects.media_type,
    "roles": objects.role,
    "groups": objects.group,
    "persons": objects.person,
    "places": objects.place,
    "capacity-rules": objects.capacity_rule,
    "strategies": objects.strategy,
    "queues": objects.queue,
    "workbins": objects.workbin,
    "transactions": objects.transaction,
    "business-attributes": objects.business_attribute,
    "capture-points": objects.capture_point,
    "clients": objects.client,
}


def as_in_a_file(kind: str, name: str, values: Mapping[str, object]) -> Struct:
    """The object that a site file would make of these fields, checked by the rules of a site file.

    BadInput with the field that is wrong. `kind` is the name of the table.
    """
    if not name.strip():
        raise BadInput("A name is missing.", field="name")
    type_ = TYPES[kind]
    value = msgspec.convert({**values, "name": name}, type_)
    problems = Problems(Positions({}, {}))
    table = Table(msgspec.json.decode(msgspec.json.encode(table_of(value))), (kind, name), problems)
    made = _MAKERS[kind](name, table)
    table.finish()
    found = [problem for problem in problems.all() if not problem.warning]
    if found:
        field = "/".join(str(part).replace("-", "_") for part in found[0].path[2:])
        raise BadInput("\n".join(_said(problem) for problem in found), field=field)
    return made


TYPES: Final = {field.replace("_", "-"): type_ for field, type_ in KINDS.values()}
"""Type of the objects of each table."""


def check_site(
    site: Site, catalogue: OptionCatalogue, privileges: Collection[str], *, before: Site, only: Path
) -> tuple[Problem, ...]:
    """BadInput with all that is wrong and was not wrong `before`, one problem a line; else the warnings.

    `only` is where the change was made: warnings elsewhere are left out.
    """
    problems = problems_of(site, catalogue, privileges)
    errors = [problem for problem in problems if not problem.warning]
    if errors:
        known = {(problem.path, problem.message) for problem in problems_of(before, catalogue, privileges)}
        errors = [problem for problem in errors if (problem.path, problem.message) not in known]
    if errors:
        fields = [problem.path[len(only) :] for problem in errors if problem.path[: len(only)] == only]
        field = "/".join(str(part).replace("-", "_") for part in fields[0]) if fields else ""
        raise BadInput("\n".join(_said(problem) for problem in errors), field=field)
    return tuple(problem for problem in problems if problem.path[: len(only)] == only)


def _said(problem: Problem) -> str:
    return f"{'.'.join(str(part) for part in problem.path)}: {problem.message}"
