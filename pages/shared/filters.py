"""The filter bar: widgets that live in the link, the selection they make, and that selection in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import streamlit as st

import queries
from pages.shared import access, formats

# Widget keys are the names in the link: /overdracht?stadsdeel=Noord&stadsdeel=Oost&peildatum=30-06-2022
LISTS = ("stadsdeel", "wijkteam", "doelgroep", "wet", "cohort")
DATES = ("huisvesting_van", "huisvesting_tot")
PEILDATUM = "peildatum"
KEYS = (*LISTS, *DATES, PEILDATUM)

LABELS = {
    "stadsdeel": "Stadsdeel",
    "wijkteam": "Woont in het gebied van",
    "doelgroep": "Doelgroep",
    "wet": "Wet",
    "cohort": "Cohort (jaar van kennisgeving)",
    "huisvesting_van": "Gehuisvest vanaf",
    "huisvesting_tot": "Gehuisvest vóór",
    "peildatum": "Peildatum",
}
WETTEN = {"WI2013": "Wet inburgering 2013", "WI2021": "Wet inburgering 2021"}
FIRST_PEILDATUM = date(2018, 1, 31)
FIRST_DAY = date(1990, 1, 1)

DEMO = "Demogegevens (synthetisch)"
EARLIER_PEILDATUM = (
    "Bij een eerdere peildatum zijn de cijfers bij benadering: van wet, verblijfsrecht en wijk is alleen de "
    "laatste stand bekend, geen geschiedenis."
)
WIJKTEAM_WORDS = {"help": "Het gebied waarin iemand woont; op de pagina Overdracht staat ook het ontvangende wijkteam."}

_SELECTION = "_selection"
_COMPLAINTS = "_link_complaints"
_FIRST = "_first_selection"


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from first to last, the newest first; only those on or before last."""
    found = []
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = date(year, month, 1) - timedelta(days=1)
        if end > last:
            return found[::-1]
        if end >= first:
            found.append(end)


def read_date(text: str) -> date | None:
    """A date as people write it in a link: 2022-06-30 or 30-06-2022; None when it is neither."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, day = parts if len(parts[0]) == 4 else parts[::-1]
    try:
        return date(int(year), int(month), int(day)) if len(year) == 4 else None
    except ValueError:
        return None


def wijkteams_within(source: queries.Database, stadsdelen: Sequence[str]) -> list[str]:
    """The wijkteams of the chosen stadsdelen, in the order of the city; of all when none is chosen."""
    chosen = [stadsdeel for stadsdeel in source.stadsdelen if stadsdeel in stadsdelen] or source.stadsdelen
    return list(dict.fromkeys(team for stadsdeel in chosen for team in source.wijkteams.get(stadsdeel, ())))


def _possible(day: date | None, source: queries.Database) -> bool:
    return day is not None and FIRST_DAY <= day <= source.peildatum + timedelta(days=366)


def link_complaints(link: dict[str, list[str]], source: queries.Database) -> list[str]:
    """What is wrong with the filters in a link, one Dutch sentence per filter; nothing when all is well.

    link: the values per name as they stand in the address. A value is not repeated in the message.
    """
    stadsdelen = [value for value in link.get("stadsdeel", []) if value in source.stadsdelen]
    known = {
        "stadsdeel": set(source.stadsdelen),
        "wijkteam": set(wijkteams_within(source, stadsdelen)),
        "doelgroep": set(source.doelgroepen),
        "wet": set(source.wetten),
        "cohort": {str(year) for year in source.cohorten},
    }
    own = formats.long_date(source.peildatum)
    every_wijkteam = set(wijkteams_within(source, ()))
    complaints = []
    for key in LISTS:
        unknown = [value for value in link.get(key, []) if value and value not in known[key]]
        if key == "wijkteam" and unknown and every_wijkteam.issuperset(unknown):
            complaints.append("De link noemt een wijkteam buiten de gekozen stadsdelen; dat telt niet mee.")
        elif unknown:
            complaints.append(f"De link noemt bij “{LABELS[key]}” iets dat hier niet bestaat; dat telt niet mee.")
    for key in DATES:
        if any(value and not _possible(read_date(value), source) for value in link.get(key, [])):
            complaints.append(f"De link noemt bij “{LABELS[key]}” geen geldige datum; dat filter telt niet mee.")
    for value in link.get(PEILDATUM, []):
        asked = read_date(value)
        if value and (asked is None or asked < FIRST_DAY):
            complaints.append(f"De link noemt geen geldige peildatum; u ziet de stand van {own}.")
        elif asked and asked > source.peildatum:
            complaints.append(f"De peildatum in de link ligt na de laatste gegevens; u ziet de stand van {own}.")
    return complaints


def selection_in_words(chosen: queries.Selection, source: queries.Database) -> str:
    """The line above the figures: peildatum, area, groups, the other filters, and whether it is the demo.

    "Stand 31 december 2022 · heel Haarlem · alle doelgroepen · Demogegevens (synthetisch)"
    """
    parts = [f"Stand {formats.long_date(chosen.peildatum or source.peildatum)}"]
    if chosen.stadsdelen:
        parts.append(f"stadsdeel {formats.enumerate_words(chosen.stadsdelen)}")
    if chosen.wijkteams:
        parts.append(f"woont in het gebied van {formats.enumerate_words(chosen.wijkteams)}")
    if not chosen.stadsdelen and not chosen.wijkteams:
        parts.append("heel Haarlem")
    parts.append(formats.enumerate_words(chosen.doelgroepen) if chosen.doelgroepen else "alle doelgroepen")
    if chosen.wetten:
        parts.append(formats.enumerate_words([WETTEN.get(wet, wet) for wet in chosen.wetten]))
    if chosen.cohorten:
        parts.append(f"cohort {formats.enumerate_words([str(year) for year in chosen.cohorten])}")
    if chosen.huisvesting_van:
        parts.append(f"gehuisvest vanaf {formats.long_date(chosen.huisvesting_van)}")
    if chosen.huisvesting_tot:
        parts.append(f"gehuisvest vóór {formats.long_date(chosen.huisvesting_tot)}")
    if source.demo:
        parts.append(DEMO)
    return " · ".join(parts)


def _link() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}


def _read_link(source: queries.Database) -> None:
    """Once per session, before the widgets exist: note what is wrong in the link and rewrite its dates.

    The widgets read a date in one notation only and silently drop everything else.
    """
    if _COMPLAINTS in st.session_state:
        return
    link = _link()
    st.session_state[_COMPLAINTS] = link_complaints(link, source)
    rewritten = {}
    for key in (*DATES, PEILDATUM):
        day = read_date(link.get(key, [""])[0])
        if day and _possible(day, source):
            rewritten[key] = formats.short_date(day) if key == PEILDATUM else day.isoformat()
    if any(link[key] != [text] for key, text in rewritten.items()):
        st.query_params.update(rewritten)
        st.rerun()


def _clear(own_peildatum: date) -> None:
    for key in LISTS:
        st.session_state[key] = []
    for key in DATES:
        st.session_state[key] = None
    st.session_state[PEILDATUM] = own_peildatum


def _choose(key: str, options: Iterable, placeholder: str, words: dict[str, str] | None = None) -> tuple:
    options = list(options)
    left = [value for value in st.session_state.get(key, []) if value in options]
    if left != st.session_state.get(key, []):
        # An option that is gone must leave the link as well; the widget by itself only forgets it.
        st.session_state[key] = left
    return tuple(
        st.multiselect(
            LABELS[key],
            options,
            key=key,
            bind="query-params",
            placeholder=placeholder,
            select_all=False,
            help=words.get("help") if words else None,
        )
    )


def filter_bar(source: queries.Database) -> queries.Selection:
    """Draws the filters in the sidebar and returns the selection they make; kept for selection() as well.

    Every choice is in the link, and a link that names something unknown is told on the page. The wijkteams on
    offer are those of the chosen stadsdelen.
    """
    _read_link(source)
    own = source.peildatum
    with st.sidebar:
        st.header("Filters", anchor=False)
        st.button(
            "Alle filters wissen",
            key="alle_filters_wissen",
            on_click=_clear,
            args=(own,),
            icon=":material/filter_alt_off:",
            width="stretch",
        )
        stadsdelen = _choose("stadsdeel", source.stadsdelen, "Alle stadsdelen")
        wijkteams = _choose("wijkteam", wijkteams_within(source, stadsdelen), "Alle wijkteams", WIJKTEAM_WORDS)
        doelgroepen = _choose("doelgroep", source.doelgroepen, "Alle doelgroepen")
        wetten = _choose("wet", source.wetten, "Beide wetten")
        cohorten = _choose("cohort", source.cohorten, "Alle jaren")
        van, tot = (
            st.date_input(
                LABELS[key],
                value=None,
                key=key,
                bind="query-params",
                format="DD-MM-YYYY",
                min_value=FIRST_DAY,
                max_value=own + timedelta(days=366),
            )
            for key in DATES
        )
        asked = st.session_state.get(PEILDATUM) or read_date(st.query_params.get(PEILDATUM, ""))
        offered = {own, *month_ends(FIRST_PEILDATUM, own)}
        if asked and FIRST_DAY <= asked <= own:
            offered.add(asked)
        if st.session_state.get(PEILDATUM, own) not in offered:
            st.session_state[PEILDATUM] = own
        peildatum = st.selectbox(
            LABELS[PEILDATUM],
            sorted(offered, reverse=True),
            key=PEILDATUM,
            bind="query-params",
            format_func=formats.short_date,
            help="De stand aan het eind van deze dag.",
        )
    chosen = queries.Selection(
        stadsdelen=stadsdelen,
        wijkteams=wijkteams,
        doelgroepen=doelgroepen,
        wetten=wetten,
        cohorten=cohorten,
        huisvesting_van=van,
        huisvesting_tot=tot,
        peildatum=None if peildatum == own else peildatum,
    )
    if st.session_state.get(_FIRST) is None:
        st.session_state[_FIRST] = chosen
    st.session_state[_SELECTION] = chosen
    return chosen


def selection() -> queries.Selection:
    """What the filter bar shows: the same for every question on a page."""
    return st.session_state[_SELECTION]


def in_words() -> str:
    """What is shown now, in words: the line above the figures of every page."""
    return selection_in_words(selection(), access.database())


def warn() -> None:
    """Tells what the reader must know about the filters.

    Complaints about the link stay until the reader changes a filter; an earlier peildatum is approximate.
    """
    chosen = selection()
    if chosen == st.session_state.get(_FIRST):
        for complaint in st.session_state.get(_COMPLAINTS, ()):
            st.warning(complaint, icon=":material/link_off:")
    if chosen.huisvesting_van and chosen.huisvesting_tot and chosen.huisvesting_van >= chosen.huisvesting_tot:
        st.warning(
            "De periode van huisvesting eindigt voordat zij begint. "
            "Kies bij “Gehuisvest vóór” een latere datum dan bij “Gehuisvest vanaf”.",
            icon=":material/event_busy:",
        )
    if chosen.peildatum:
        st.html(f'<p class="noot">{formats.escape(EARLIER_PEILDATUM)}</p>')
