"""The office of the test kit, as the tests of the engine use it: nothing is dispatched but by `step` and `advance`."""

from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.domain.site import Role, Site
from workloom.testing.office import MORNING, PASSWORD, Office
from workloom.testing.sites import FORM, OPTIONS, OUTCOMES, person, site

__all__ = ["FORM", "MORNING", "OPTIONS", "OUTCOMES", "PASSWORD", "Office", "person", "site", "without"]


def without(*privileges: str) -> Site:
    """The usual site where nobody has these privileges."""
    rights = tuple(privilege for privilege in CORE_PRIVILEGES if privilege not in privileges)
    return site(roles={"agent": Role(name="agent", privileges=rights)})
