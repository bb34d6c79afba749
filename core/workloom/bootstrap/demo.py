"""The demo site: what an empty data folder starts from."""

from importlib.resources import files

from workloom.bootstrap.catalogue import installed_options, installed_privileges
from workloom.domain.errors import BadInput
from workloom.services.configuration import Configuration
from workloom.services.site_files.reading import SiteFile, read_site


def demo_site() -> SiteFile:
    """The demo's site file, read and checked. BadInput where a plugin that is installed makes it unusable."""
    raw = files("workloom.bootstrap").joinpath("demo_site.toml").read_bytes()
    file = read_site(raw, installed_options(), installed_privileges())
    if file.errors:
        raise BadInput(file.errors[0].at("demo_site.toml"))
    return file


def start_from_demo(configuration: Configuration) -> bool:
    """Apply the demo site, without work, where no site was ever applied; whether it did. Say so to the user then."""
    if configuration.site().version:
        return False
    file = demo_site()
    configuration.apply(file.site, file.passwords)
    return True
