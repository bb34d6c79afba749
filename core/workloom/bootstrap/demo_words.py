"""Words of the demo export. All people, places and numbers are invented."""

from typing import Final

FIRST_NAMES: Final = (
    "Anton", "Birgit", "Carla", "Dario", "Elif", "Fabian", "Greta", "Hanna", "Ivo", "Jana", "Kilian", "Leonie",
    "Marek", "Nadia", "Oskar", "Paula", "Quirin", "Rosa", "Stefan", "Tereza", "Ulrike", "Viktor", "Wanda", "Yusuf",
)  # fmt: skip
LAST_NAMES: Final = (
    "Aigner", "Bergmann", "Cerny", "Demir", "Egger", "Fuchs", "Gruber", "Haas", "Ivanov", "Jansen", "Kovac", "Lechner",
    "Moser", "Novotny", "Ortner", "Pichler", "Rainer", "Steiner", "Thaler", "Unger", "Vogel", "Winkler", "Zach",
)  # fmt: skip
LOCATIONS: Final = ("Head office", "Branch North", "Branch Lakeside", "Branch Old Town", "Archive", "Home office")
TROUBLES: Final = {
    "Printing": ("Paper jam", "Printer not found", "Toner empty", "Pages are blank"),
    "Network": ("No connection", "VPN drops", "Slow on Wi-Fi"),
    "Access": ("Password forgotten", "Account locked", "Rights for a folder"),
    "Policy system": ("Error on save", "Search finds nothing", "Premium is wrong"),
    "Mail": ("Mailbox full", "Attachment cannot be opened", "Rule moves too much"),
    "Workplace": ("Laptop does not start", "Screen flickers", "Docking station"),
}
GROUPS: Final = ("Service desk", "Workplace", "Network", "Applications", "Identity", "Mail and files")
SYMPTOMS: Final = ("Cannot work at all", "Works at times", "Since the last update", "Only one person", "Whole floor")
LEVELS: Final = ("1 - High", "2 - Medium", "3 - Low")
PRIORITIES: Final = ("1 - Critical", "2 - High", "3 - Moderate", "4 - Low")
CODES: Final = ("Solved by the desk", "Solved by a colleague", "Solved by itself", "Not reproducible")
CHANNELS: Final = ("Phone", "Phone", "Phone", "Self-service", "Email")
