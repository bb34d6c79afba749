"""Logo, colours and name of the product, as the manifests of plugins have them."""

from collections.abc import Iterable
from pathlib import Path

from workloom.api.branding import Branding
from workloom.plugin_manager.manifest_tables import BrandingTable
from workloom.plugin_manager.records import Record


def branding_of(records: Iterable[Record]) -> Branding:
    """Those of the plugins that are not off, the later over the earlier."""
    made = Branding()
    for record in records:
        table = record.manifest.branding if record.manifest is not None else BrandingTable()
        if table != BrandingTable() and record.is_able:
            logo = Path(record.found.file).parent / table.logo if table.logo else made.logo
            light, dark = {**made.light, **table.light.given()}, {**made.dark, **table.dark.given()}
            product = table.product or made.product
            made = Branding(plugin=record.id, light=light, dark=dark, logo=logo, product=product)
    return made
