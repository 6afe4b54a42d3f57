"""The pages by their name in the address: title, and what a reader finds there."""

import queries

_TOLD = queries.texts(__file__, "contents.toml")
PAGES = {name: (told["title"], told["help"]) for name, told in _TOLD.items()}
# Those that have nothing to show in the public view, and are not in its navigation.
INTERN = {name for name, told in _TOLD.items() if told.get("intern")}
# Those for a steward alone.
BEHEER = {name for name, told in _TOLD.items() if told.get("beheer")}
# Those at the foot of every page in the place of the navigation.
FOOT = {name for name, told in _TOLD.items() if told.get("foot")}
# The page that opens without a name.
FIRST = "overzicht"
# The pages on which a doelgroep counts in the public view.
GROUPED = {name for name, told in _TOLD.items() if told.get("groups")}
# The pages that show beside what is chosen what that is compared with.
COMPARING = tuple(name for name, told in _TOLD.items() if told.get("compares"))
