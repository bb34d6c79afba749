"""The checks of a site file, for a site that did not come from one: each problem with the path to what is wrong."""

from collections.abc import Collection, Mapping

from workloom.domain.errors import BadInput
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.site import Site
from workloom.services.site_files.positions import Path, Positions
from workloom.services.site_files.reading import check_options
from workloom.services.site_files.references import check_references
from workloom.services.site_files.table import Problem, Problems


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


def check_site(
    site: Site, catalogue: OptionCatalogue, privileges: Collection[str], *, only: Path = ()
) -> tuple[Problem, ...]:
    """BadInput with all that is wrong, one problem a line; else the warnings.

    `only`: where the change was made. Problems elsewhere that it has not brought count as well, for they say that
    something else refers to what was changed; warnings elsewhere do not.
    """
    problems = problems_of(site, catalogue, privileges)
    errors = [problem for problem in problems if not problem.warning]
    if errors:
        fields = [problem.path[len(only) :] for problem in errors if problem.path[: len(only)] == only]
        field = "/".join(str(part) for part in fields[0]) if fields else ""
        raise BadInput("\n".join(_said(problem) for problem in errors), field=field)
    return tuple(problem for problem in problems if problem.path[: len(only)] == only)


def _said(problem: Problem) -> str:
    return f"{'.'.join(str(part) for part in problem.path)}: {problem.message}"
