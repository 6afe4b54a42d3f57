"""Ways deeper: where the rows of a figure lead to, by a link in its table and a click on its chart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

import queries
from pages.access import questions
from pages.contents import PAGES
from pages.filters import bar
from pages.filters.link import address, link

# The page about one wijkteam, if there is one.
PROFILE = "wijkteam"
_FIELDS = {"stadsdeel": "stadsdelen", "wijkteam": "wijkteams"}


@dataclass(frozen=True)
class Ways:
    """Where the rows of a figure lead to.

    column: the first of the table, and in the data of the chart: what a row is about. to: per such name its address; ""
    or no name where there is none. pick: what a click on a mark does, before the page is drawn again; None for a chart
    that is only looked at. now: what is chosen already.
    """

    column: str
    to: Mapping[str, str]
    pick: Callable[[str], None] | None = None
    now: str = ""


def narrowed(chosen: queries.Selection, level: str, area: str) -> queries.Selection:
    """The selection with an area chosen, and no other."""
    if level == "wijkteam":
        return replace(chosen, wijkteams=(area,))
    return replace(chosen, stadsdelen=(area,), wijkteams=())


def toggled(chosen: queries.Selection, level: str, area: str) -> queries.Selection:
    """As narrowed(); without any area of that level when this one is chosen already."""
    found = narrowed(chosen, level, area)
    return replace(chosen, **{_FIELDS[level]: ()}) if found == chosen else found


def profile(chosen: queries.Selection, team: str) -> str:
    """The address of the page about a wijkteam, with the filters that are not on area; "" while there is none."""
    own = replace(chosen, stadsdelen=(), wijkteams=(team,))
    return address(PROFILE, own) if PROFILE in PAGES and team != queries.ONBEKEND else ""


def leads(page: str, chosen: queries.Selection, **own: list[str]) -> str:
    """The address of a page with a selection; "" for what the filters cannot choose, or may not in the public view."""
    source, asked = questions.database(), link(chosen)
    public = isinstance(source, queries.Publication)
    refused = bar.public_link(asked, source)[1] if public else bar.link_complaints(asked, source)
    return "" if refused else address(page, chosen, **own)


def to_kpi(entry: queries.Indicator, chosen: queries.Selection, **own: Sequence[str]) -> str:
    """The address of what tells more of a KPI: its page, in which the part that is about it is open."""
    page, part = bar.TEXTS["kpi"]["pages"][entry.thema], bar.TEXTS["kpi"]["parts"].get(entry.naam)
    return address(page, chosen, **own, **({f"{page}_deel": [part]} if part else {}))


def to_area(page: str, level: str, column: str = "") -> Ways:
    """Each row leads to this page with its area chosen; that of the chosen area back to all of them.

    level: stadsdeel or wijkteam. column: where the areas stand, if not under the name of their level.
    """
    chosen, own, source = bar.selection(), bar.own_choices(), questions.database()
    column = column or level
    # In their place are wijkteams, where there are none.
    level = level if source.stadsdelen else "wijkteam"
    areas = source.stadsdelen if level == "stadsdeel" else source.alle_wijkteams
    to = {area: leads(page, toggled(chosen, level, area), **own) for area in areas}

    def pick(area: str) -> None:
        if to.get(area):
            bar.choose_areas(toggled(chosen, level, area))

    now = ", ".join((*chosen.stadsdelen, *chosen.wijkteams))
    return Ways(column, to, pick if any(to.values()) else None, now)


def to_choice(page: str, key: str, column: str, offered: Collection[str]) -> Ways:
    """Each row leads to this page with it alone in a choice of the page; what is chosen already back to all of them.

    key: of the choice, a list. offered: what can be chosen.
    """
    chosen, own = list(st.session_state.get(key, [])), bar.own_choices()
    after = {name: [] if chosen == [name] else [name] for name in offered}
    to = {name: address(page, bar.selection(), **own | {key: left}) for name, left in after.items()}

    def pick(name: str) -> None:
        st.session_state[key] = after.get(name, chosen)

    return Ways(column, to, pick, now=", ".join(chosen))


def to_profile(otherwise: Ways | None = None) -> Ways:
    """Each row is a wijkteam, and leads to its own page; see profile(). otherwise: where it leads to without that."""
    source = questions.database()
    # The public view knows no wijkteam as a filter.
    teams = () if isinstance(source, queries.Publication) else source.alle_wijkteams
    own = {team: found for team in teams if (found := profile(bar.selection(), team))}
    return Ways("wijkteam", {**(otherwise.to if otherwise else {}), **own})
