"""Technical clients: making them, and giving each a token that is told once and never kept."""

from msgspec.structs import replace

from workloom.domain.errors import BadInput, NotFound
from workloom.domain.site import Client, Site
from workloom.services.configuration import Configuration
from workloom.services.digests import digest
from workloom.services.ports import Reader
from workloom.services.ports_outside import Ids
from workloom.services.site_files.checking import check_site

ADMINISTRATOR = "administrator"


class Clients:
    """The clients of the site in force, for who administers the machine."""

    def __init__(self, configuration: Configuration, ids: Ids) -> None:
        self._configuration = configuration
        self._ids = ids

    def all(self) -> tuple[Client, ...]:
        """All clients, in the order of the site."""
        return tuple(self._configuration.site().clients.values())

    def add(self, client: Client, privileges: tuple[str, ...]) -> tuple[Client, str]:
        """Add a client with a new token: both. `privileges` are those that there are. BadInput lists what is wrong."""
        token = self.new_token()

        def change(_reader: Reader, site: Site) -> Site:
            if client.name in site.clients:
                raise BadInput(
                    f"There is a client “{client.name}” already. `workloom client token` gives it a new token."
                )
            added = replace(client, token_hashes=(digest(token),))
            after = replace(site, clients={**site.clients, client.name: added})
            check_site(after, self._configuration.catalogue, privileges, before=site, only=("clients", client.name))
            return after

        site, _ = self._configuration.edit(change, actor=ADMINISTRATOR)
        return site.clients[client.name], token

    def renew(self, name: str, *, replace_all: bool) -> tuple[Client, str]:
        """Give a client another token: both. The former ones hold on, unless they are replaced. NotFound."""
        token = self.new_token()

        def change(_reader: Reader, site: Site) -> Site:
            client = _client(site, name)
            former = () if replace_all else client.token_hashes
            after = replace(client, token_hashes=(*former, digest(token)))
            return replace(site, clients={**site.clients, name: after})

        site, _ = self._configuration.edit(change, actor=ADMINISTRATOR)
        return site.clients[name], token

    def remove(self, name: str) -> None:
        """Take a client away; its tokens are refused from now on. NotFound."""

        def change(_reader: Reader, site: Site) -> Site:
            _client(site, name)
            return replace(site, clients={key: value for key, value in site.clients.items() if key != name})

        self._configuration.edit(change, actor=ADMINISTRATOR)

    def new_token(self) -> str:
        """A token that nobody can guess."""
        return self._ids.new("client-token")


def _client(site: Site, name: str) -> Client:
    if name not in site.clients:
        known = ", ".join(f"“{one}”" for one in site.clients) or "none"
        raise NotFound(f"There is no client “{name}”. The site has {known}.")
    return site.clients[name]
