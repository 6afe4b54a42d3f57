"""The filter bar: widgets that live in the link, the selection they make, and that selection in words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

import queries
from pages.access import questions
from pages.filters import TEXTS, comparison
from pages.filters.comparison import NOTHING, REST, Comparison
from pages.show import left_out
from pages.words import formats, presentation

LABELS, PUBLIC, COMPLAINTS = TEXTS["labels"], TEXTS["public"], TEXTS["complaint"]
DEMO, OPENBAAR = TEXTS["selection"]["demo"], TEXTS["selection"]["openbaar"]
EARLIER_PEILDATUM = TEXTS["warning"]["earlier_peildatum"]

# The values per name of a choice, as they stand in an address or as they are offered.
Link = Mapping[str, Sequence[str]]
# Widget keys are the names in the link: /overdracht?stadsdeel=Noord&stadsdeel=Oost&peildatum=30-06-2022
LISTS = ("stadsdeel", "wijkteam", "doelgroep", "wet", "cohort")
DATES = ("huisvesting_van", "huisvesting_tot")
PEILDATUM = "peildatum"
VERGELIJK = "vergelijk"
KEYS = (*LISTS, *DATES, PEILDATUM, VERGELIJK)

# The choices of one page that are in the link as well, by the key of their widget, and what they are at first.
OWN: dict[str, object] = {
    "overzicht_thema": queries.THEMAS[0],
    "overzicht_kaart": queries.INDICATOREN["overdracht_gedaan"].titel,
    "overzicht_niveau": "Stadsdeel",
    "overzicht_verdieping": None,
    "begeleiding_deel": "Duur per regime",
    "leerroutes_per": "Stadsdeel",
    "leerroutes_deel": "Leerroutes",
    "ontzorging_niveau": "Stadsdeel",
    "ontzorging_deel": "Waarom niet",
    "overdracht_wijkteam": [],
    "verantwoording_deel": "Wat elk cijfer betekent",
    "overdracht_deel": "Stand van de overdracht",
    "briefing_uitgave": "Openbaar",
    "briefing_bijlage": [],
}
# What mail programs and search engines hang on a link by themselves.
FOREIGN = ("utm_", "fbclid", "gclid", "msclkid", "mc_", "_gl", "embed")

FIRST_PEILDATUM, FIRST_DAY = date(2018, 1, 31), date(1990, 1, 1)

# A tab that is not there.
_CLOSED = SimpleNamespace(open=False)

# What the session keeps.
_SELECTION, _COMPLAINTS, _FIRST, _BEGINS = "_selection", "_link_complaints", "_first_selection", "_begins_with"
_NEWEST = "_newest_peildatum"
_COMPARISON, _ASKED = "_comparison", "_asked_selection"


@lru_cache(maxsize=20)
def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from first to last, the newest first; only those on or before last."""
    ends = pl.date_range(first.replace(day=1), last, "1mo", eager=True).dt.month_end()
    return ends.filter(ends <= last).reverse().to_list()


def read_date(text: str) -> date | None:
    """A date as people write it in a link: 2022-06-30 or 30-06-2022; None when it is neither."""
    for notation in ("%Y-%m-%d", "%d-%m-%Y"):
        with contextlib.suppress(ValueError):
            return datetime.strptime(text, notation).date()
    return None


def wijkteams_within(source: queries.Database, stadsdelen: Sequence[str]) -> list[str]:
    """The wijkteams of the chosen stadsdelen, in the order of the city; of all when none is chosen."""
    chosen = [stadsdeel for stadsdeel in source.stadsdelen if stadsdeel in stadsdelen] or source.wijkteams
    return list(dict.fromkeys(team for stadsdeel in chosen for team in source.wijkteams.get(stadsdeel, ())))


def comparisons(
    source: queries.Database, chosen: queries.Selection, *, groups: bool = True
) -> dict[str, queries.Selection]:
    """By its label what a selection can be compared with; see comparison.offered(). groups: or without doelgroepen."""
    teams = set(wijkteams_within(source, chosen.stadsdelen))
    teams = teams.intersection(chosen.wijkteams) if chosen.wijkteams else teams
    before = (chosen.peildatum or source.peildatum) - timedelta(days=1)
    offered = comparison.offered(source, chosen, teams, month_ends(FIRST_PEILDATUM, before))
    return {label: other for label, other in offered.items() if groups or not other.doelgroepen}


def _possible(day: date | None, source: queries.Database) -> bool:
    return day is not None and FIRST_DAY <= day <= source.peildatum + timedelta(days=366)


def link_complaints(link: Link, source: queries.Database) -> list[str]:
    """What is wrong with the filters in a link, one Dutch sentence per filter; nothing when all is well.

    A value is not repeated in the message.
    """
    known = {
        "stadsdeel": source.stadsdelen,
        "wijkteam": wijkteams_within(source, link.get("stadsdeel", ())),
        "doelgroep": source.doelgroepen,
        "wet": source.wetten,
        "cohort": [str(year) for year in source.cohorten],
    }
    complaints = []
    for key in LISTS:
        unknown = set(link.get(key, ())) - {""} - set(known[key])
        if key == "wijkteam" and unknown and unknown <= set(wijkteams_within(source, ())):
            complaints.append(COMPLAINTS["wijkteam"])
        elif unknown:
            complaints.append(COMPLAINTS["choice"].format(LABELS[key]))
    for key in DATES:
        if any(value and not _possible(read_date(value), source) for value in link.get(key, ())):
            complaints.append(COMPLAINTS["date"].format(LABELS[key]))
    for asked in map(read_date, filter(None, link.get(PEILDATUM, ()))):
        if not _possible(asked, source) or asked > source.peildatum:
            late = asked and asked > source.peildatum
            how = COMPLAINTS["too_late" if late else "peildatum"]
            complaints.append(how.format(formats.long_date(source.peildatum)))
    asked = read_date("".join(link.get(PEILDATUM, ())))
    areas = (tuple(value for value in link.get(key, ()) if value in known[key]) for key in ("stadsdeel", "wijkteam"))
    chosen = queries.Selection(*areas, peildatum=asked if _possible(asked, source) else None)
    return complaints + _comparison_complaints(link, source, chosen)


def _comparison_complaints(
    link: Link, source: queries.Database, chosen: queries.Selection, *, groups: bool = True
) -> list[str]:
    asked = {*link.get(VERGELIJK, ())} - {"", NOTHING}
    return [COMPLAINTS[VERGELIJK]] if asked - {*comparisons(source, chosen, groups=groups)} else []


def _meant(asked: str, source: queries.Database) -> str:
    """What a link compares with, as this reader has it: a day as people write it, and the rest of all that he sees."""
    day = read_date(asked)
    return comparison.day_label(day) if day else comparison.rest_label(source) if asked in REST.values() else asked


def name_complaints(names: Iterable[str]) -> list[str]:
    """What is wrong with the names in a link: at most one Dutch sentence, which does not repeat what it complains of.

    names: as they stand in the address, before the sign "=".
    """
    unknown = [name for name in names if name not in KEYS and name not in OWN and not name.startswith(FOREIGN)]
    close = [get_close_matches(name.lower(), (*KEYS, *OWN), 1, 0.75) for name in unknown]
    meant = dict.fromkeys(found for (found,) in close) if all(close) else KEYS
    how = COMPLAINTS["one_name" if len(unknown) == 1 else "more_names"]
    told = formats.enumerate_words([f"“{name}”" for name in meant])
    return [how.format(advice=COMPLAINTS["meant" if all(close) else "offered"], names=told)] if unknown else []


def selection_in_words(chosen: queries.Selection, source: queries.Database, beside: str = "") -> str:
    """The line above the figures: peildatum, area, groups, the other filters, beside what, and whether it is the demo.

    "Stand 31 december 2022 · heel Haarlem · alle doelgroepen · Demogegevens (synthetisch)"
    """
    own = source.grens
    yours = queries.GEMEENTE.geheel if own is None else f"uw gebied: {formats.enumerate_words(own) or 'geen'}"
    days = {name: getattr(chosen, name) for name in DATES}
    told = {
        "peildatum": formats.long_date(chosen.peildatum or source.peildatum),
        "stadsdeel" if len(chosen.stadsdelen) == 1 else "stadsdelen": formats.enumerate_words(chosen.stadsdelen),
        "wijkteams": formats.enumerate_words(chosen.wijkteams),
        "area": "" if chosen.stadsdelen or chosen.wijkteams else yours,
        "doelgroepen": formats.enumerate_words(chosen.doelgroepen) or "alle doelgroepen",
        "wetten": formats.enumerate_words([TEXTS["wetten"].get(wet, wet) for wet in chosen.wetten]),
        "cohorten": formats.enumerate_words([str(year) for year in chosen.cohorten]),
        **{name: formats.long_date(day) for name, day in days.items() if day},
        "comparison": beside,
        "openbaar": isinstance(source, queries.Publication),
        "demo": source.demo,
    }
    return " · ".join(words.format(told[name]) for name, words in TEXTS["selection"].items() if told.get(name))


def public_link(link: Link, source: queries.Publication) -> tuple[dict[str, str], list[str]]:
    """The part of a link that the public view can follow, and what is wrong with it: at most one Dutch sentence.

    That is one area, or one doelgroep, or nothing. What asks for more is not followed at all. What it compares with is
    looked at by itself.
    """
    asked = {key: found for key, values in link.items() if (found := [value for value in values if value])}
    asked.pop(VERGELIJK, None)
    if read_date("".join(asked.get(PEILDATUM, ()))) == source.peildatum:
        asked.pop(PEILDATUM)
    known = _offered(source)
    followed = {
        key: name
        for key, values in asked.items()
        for name, parts in known.get(key, {}).items()
        if {*values} in ({name}, {*parts})
    }
    return (followed, []) if len(asked) == len(followed) <= 1 else ({}, [COMPLAINTS["one_at_a_time"]])


def _offered(source: queries.Publication) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the public view offers, by name, with what it consists of: areas, and doelgroepen."""
    together = {formats.enumerate_words(deel): deel for deel in source.delen}
    areas, groups = ({name: (name,) for name in names} for names in (source.stadsdelen, source.doelgroepen))
    return {"stadsdeel": together | areas, "doelgroep": groups}


def _read_link(source: queries.Database, *, groups: bool) -> None:
    """Once per session, before the widgets exist: note what is wrong in the link and rewrite its dates.

    The widgets read a date in one notation only and silently drop everything else. In the public view what cannot be
    followed leaves the link, and the widgets begin with the rest, whatever the browser still has in its address.
    """
    if _COMPLAINTS in st.session_state:
        return
    link = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    link[VERGELIJK] = [_meant(asked, source) for asked in link.get(VERGELIJK, ())]
    if isinstance(source, queries.Publication):
        followed, complaints = public_link(link, source)
        chosen = _published(source, **followed)
        complaints += _comparison_complaints(link, source, chosen, groups=groups)
        st.session_state[_COMPLAINTS] = [*name_complaints(st.query_params), *complaints]
        st.session_state[VERGELIJK] = next(iter(link[VERGELIJK]), NOTHING)
        for key in set(link).intersection(st.query_params) - set(followed):
            del st.query_params[key]
        for key in PUBLIC:
            st.session_state[key] = followed.get(key)
        if any(st.query_params.get_all(key) != [name] for key, name in followed.items()):
            # The widget reads one value from the address: some stadsdelen together have one name.
            st.query_params.update(followed)
            st.rerun()
        return
    st.session_state[_COMPLAINTS] = [*name_complaints(st.query_params), *link_complaints(link, source)]
    rewritten = {}
    for key in (*DATES, PEILDATUM):
        day = read_date(link.get(key, [""])[0])
        if day and _possible(day, source):
            rewritten[key] = formats.short_date(day) if key == PEILDATUM else day.isoformat()
    if link[VERGELIJK]:
        rewritten[VERGELIJK] = link[VERGELIJK][0]
    if any(st.query_params.get_all(key) != [text] for key, text in rewritten.items()):
        st.query_params.update(rewritten)
        st.rerun()


def first_choices(source: queries.Database) -> dict[str, Any]:
    """What each filter is when nothing is chosen, by its name in the link."""
    if isinstance(source, queries.Publication):
        return dict.fromkeys(PUBLIC) | {VERGELIJK: NOTHING}
    return {key: [] for key in LISTS} | dict.fromkeys(DATES) | {PEILDATUM: source.peildatum, VERGELIJK: NOTHING}


def _clear(first: Mapping[str, object]) -> None:
    """Gives every filter its first value, and every choice of the page."""
    st.session_state.update(first)
    begins = OWN | st.session_state.get(_BEGINS, {})
    # Only what is drawn now: the choices of another page begin anew when that page is opened.
    st.session_state.update({key: begins[key] for key in OWN if key in st.session_state})


def warn_of_unknown_choices(offered: Link, labels: Mapping[str, str], sentence: str = COMPLAINTS["choice"]) -> None:
    """Tells what is wrong with the choices of a page in a link; to be called before they are drawn.

    offered: the values per name of a choice. labels: what a choice is called on the page, for the {} in sentence. A
    value is not repeated.
    """
    for name, known in offered.items():
        if set(st.query_params.get_all(name)) - {""} - set(known):
            st.warning(sentence.format(labels[name]), icon=":material/link_off:")


def choose_one(label: str, choices: Sequence[str], *, key: str) -> str:
    """A choice of the page between a few, which is in the link; what there is to choose only when there are more."""
    warn_of_unknown_choices({key: choices}, {key: label})
    if len(choices) == 1:
        return choices[0]
    first = OWN[key] if OWN[key] in choices else choices[0]
    if st.session_state.get(key, first) not in choices:
        st.session_state[key] = first
    how = {"default": first, "required": True, "bind": "query-params"}
    return st.segmented_control(label, choices, key=key, **how)


def levels(offered: Mapping[str, str], chosen: queries.Selection) -> list[str]:
    """By what a page can tell figures, in words: no stadsdelen where there are none, or where wijkteams are chosen, for
    of these a part counts.

    offered: by these words the column.
    """
    without = chosen.wijkteams or not questions.database().stadsdelen
    return [words for words, level in offered.items() if level != "stadsdeel" or not without]


def tells(*asked: str, indicators: Sequence[str] = (), columns: Sequence[str] = ()) -> bool:
    """Whether one of these questions has a figure that may be shown; all of a snapshot may, and are not asked for.

    indicators, columns: of which KPIs, and in which columns.
    """
    source = questions.database()
    if isinstance(source, queries.Database):
        return True
    for answer in (questions.ask(name, selection()) for name in asked if name in source.questions):
        own = answer.filter(pl.col("indicator").is_in(indicators)) if indicators else answer
        own = own.select(presentation.with_weergave(own, *columns)) if columns else own
        if own.height and not presentation.says_nothing(own):
            return True
    return False


def parts(of: Mapping[str, Mapping[str, Any]], *, key: str) -> list[Any]:
    """Tabs of which the open one alone is drawn: who draws looks at ``open`` of each. The open one is in the link.

    of: per name which questions are told there, see tells(); nothing for what is no figure. What may not be shown has
    no tab.
    """
    warn_of_unknown_choices({key: tuple(of)}, {key: TEXTS["parts"]})
    shown = [name for name, about in of.items() if not about or tells(*about["questions"], **about.get("of", {}))]
    left_out.add(left_out.PART, *(name for name in of if name not in shown))
    tabs = st.tabs(shown, key=key, on_change="rerun", bind="query-params") if shown else ()
    drawn = dict(zip(shown, tabs, strict=True))
    return [drawn.get(name, _CLOSED) for name in of]


def fold(title: str, *, told: bool, key: str) -> Any:
    """A fold of which the contents are drawn when it is ``open``; told: whether any of these may be shown."""
    if told:
        return st.expander(title, key=key, on_change="rerun")
    left_out.add(left_out.PART, title)
    return contextlib.nullcontext(_CLOSED)


def begin_with(key: str, first: object) -> None:
    """What a choice of the page is at first, where that depends on the figures; and again when all is cleared."""
    st.session_state.setdefault(_BEGINS, {})[key] = first


def _choose(key: str, options: Iterable) -> tuple:
    options = list(options)
    left = [value for value in st.session_state.get(key, []) if value in options]
    if left != st.session_state.get(key, []):
        # An option that is gone must leave the link as well; the widget by itself only forgets it.
        st.session_state[key] = left
    how = {
        "bind": "query-params",
        "placeholder": TEXTS["all"][key],
        "select_all": False,
        "help": TEXTS["help"].get(key),
    }
    return tuple(st.multiselect(LABELS[key], options, key=key, **how))


def _asked(key: str, read: Callable[[str], Any]) -> Any:
    """What a filter holds before it is drawn; first, and after a step back in the browser, what the address says."""
    stepped_back = getattr(get_script_run_ctx(), "is_history_navigation", False)
    if key in st.session_state and not stepped_back:
        return st.session_state[key]
    return read(st.query_params.get(key, ""))


def _choose_day(key: str, source: queries.Database) -> date | None:
    asked = _asked(key, read_date)
    # Until the peildatum, so that the calendar opens there; or until a later day that is asked.
    last = max(asked, source.peildatum) if _possible(asked, source) else source.peildatum
    how = {"bind": "query-params", "format": "DD-MM-YYYY", "min_value": FIRST_DAY, "max_value": last}
    return st.date_input(LABELS[key], value=None, key=key, **how)


def _choose_peildatum(source: queries.Database) -> date | None:
    """None is the own peildatum of the data."""
    own = source.peildatum
    # Who looked at the newest day there was, looks at the newest day there is now.
    if st.session_state.get(PEILDATUM) == st.session_state.get(_NEWEST, own) != own:
        st.session_state[PEILDATUM] = own
    st.session_state[_NEWEST] = own
    asked = _asked(PEILDATUM, read_date)
    offered = {own, *month_ends(FIRST_PEILDATUM, own)}
    if asked and FIRST_DAY <= asked <= own:
        offered.add(asked)
    if st.session_state.get(PEILDATUM, own) not in offered:
        st.session_state[PEILDATUM] = own
    how = {"bind": "query-params", "format_func": formats.short_date, "help": TEXTS["help"][PEILDATUM]}
    chosen = st.selectbox(LABELS[PEILDATUM], sorted(offered, reverse=True), key=PEILDATUM, **how)
    return None if chosen == own else chosen


def _choose_comparison(
    source: queries.Database, chosen: queries.Selection, *, here: bool, groups: bool
) -> Comparison | None:
    """None when nothing is compared. here: whether the page compares; on another the choice is kept for those.

    groups: see filter_bar().
    """
    offered = comparisons(source, chosen, groups=groups or not here)
    if st.session_state.get(VERGELIJK, NOTHING) not in (NOTHING, *offered):
        st.session_state[VERGELIJK] = NOTHING
    told = TEXTS["help"]["vergelijk_openbaar" if isinstance(source, queries.Publication) else "vergelijk"]
    how = {"bind": "query-params", "disabled": not here, "help": told if here else TEXTS["help"]["not_here"]}
    label = st.selectbox(LABELS[VERGELIJK], (NOTHING, *offered), key=VERGELIJK, **how)
    if not here or label == NOTHING:
        return None
    return Comparison(label, offered[label], offered[label].peildatum != chosen.peildatum)


def filter_bar(source: queries.Database, *, compares: bool = True, groups: bool = True) -> queries.Selection:
    """Draws the filters in the sidebar and returns the selection they make; kept for selection() as well.

    compares: whether the page shows what is compared with. groups: whether a doelgroep counts on it in the public view;
    else the page is of the whole city, and says so. Every choice is in the link, and a link that names
    something unknown is told on the page. The wijkteams on offer are those of the chosen stadsdelen.
    """
    public = isinstance(source, queries.Publication)
    groups |= not public
    _read_link(source, groups=groups)
    # So near each other that all of them, and the way to copy the link, are on a laptop.
    with st.sidebar.container(gap="xsmall"):
        st.header("Filters", anchor=False)
        how = {"icon": ":material/filter_alt_off:", "width": "stretch", "on_click": _clear}
        st.button(TEXTS["help"]["clear"], key="alle_filters_wissen", args=(first_choices(source),), **how)
        asked, place = (_public_choices(source), st.container()) if public else _choices(source)
        chosen = asked if groups or not asked.doelgroepen else queries.Selection()
        with place:
            beside = _choose_comparison(source, asked, here=compares and asked == chosen, groups=groups)
    if st.session_state.get(_FIRST) is None:
        st.session_state[_FIRST] = asked
    st.session_state.update({_SELECTION: chosen, _ASKED: asked, _COMPARISON: beside})
    return chosen


def _choices(source: queries.Database) -> tuple[queries.Selection, DeltaGenerator]:
    """What is chosen, and the place of the comparison: above the days of housing, which few ask for."""
    stadsdelen = _choose("stadsdeel", source.stadsdelen) if source.stadsdelen else ()
    chosen = queries.Selection(
        stadsdelen=stadsdelen,
        wijkteams=_choose("wijkteam", wijkteams_within(source, stadsdelen)),
        doelgroepen=_choose("doelgroep", source.doelgroepen),
        wetten=_choose("wet", source.wetten),
        cohorten=_choose("cohort", source.cohorten),
        peildatum=_choose_peildatum(source),
    )
    place = st.container()
    return replace(chosen, **{key: _choose_day(key, source) for key in DATES}), place


def _public_choices(source: queries.Publication) -> queries.Selection:
    """The filters of the public view: an area or a doelgroep; who chose one cannot choose the other."""
    offered = _offered(source)
    for key, options in offered.items():
        if st.session_state.get(key) not in (None, *options):
            st.session_state[key] = None
    asked, chosen = {key: _asked(key, lambda name: name or None) for key in PUBLIC}, dict.fromkeys(PUBLIC)
    how = {"index": None, "bind": "query-params", "help": TEXTS["help"]["one_of_two"] if offered["stadsdeel"] else None}
    for key, whole in PUBLIC.items():
        if not offered[key]:
            continue
        other = any(value for name, value in asked.items() if name != key)
        look = {"placeholder": whole, "disabled": other}
        chosen[key] = st.selectbox(LABELS[key], list(offered[key]), key=key, **how, **look)
    if all(chosen.values()):
        # Only a link can ask for both; the message on the page says that it does not count.
        chosen = dict.fromkeys(PUBLIC)
    return _published(source, **chosen)


def _published(source: queries.Publication, **chosen: str | None) -> queries.Selection:
    """The selection of one area or one doelgroep, by its name, or of everybody."""
    parts = {key: names.get(chosen.get(key), ()) for key, names in _offered(source).items()}
    return queries.Selection(stadsdelen=parts["stadsdeel"], doelgroepen=parts["doelgroep"])


def selection() -> queries.Selection:
    """What the filter bar shows: the same for every question on a page."""
    return st.session_state[_SELECTION]


def compared() -> Comparison | None:
    """What the selection is compared with; None when that is nothing, or when this page does not compare."""
    return st.session_state.get(_COMPARISON)


def carried(other: queries.Selection) -> list[str]:
    """What is compared with, by its label, where a link to another selection can have it too."""
    found = compared()
    return [found.label] if found and comparison.fits(found.selection, selection(), other) else []


def choose_areas(chosen: queries.Selection) -> None:
    """Sets the filters on area to those of a selection; to be called before the filter bar is drawn."""
    for key, areas in (("stadsdeel", chosen.stadsdelen), ("wijkteam", chosen.wijkteams)):
        # The public view has one stadsdeel at a time, and no wijkteam.
        if isinstance(st.session_state.get(key), list):
            st.session_state[key] = list(areas)
        elif key in PUBLIC:
            st.session_state.update({"doelgroep": None, key: next(iter(areas), None)})


def own_choices() -> dict[str, list[str]]:
    """The choices of the page that differ from what they are at first, as they stand in its address."""
    return {key: st.query_params.get_all(key) for key in OWN if key in st.query_params}


def in_words() -> str:
    """What is shown now, in words: the line above the figures of every page."""
    found = compared()
    return selection_in_words(selection(), questions.database(), found.name if found else "")


def warn() -> None:
    """Tells what the reader must know about the filters.

    Complaints about the link stay until the reader changes a filter; an earlier peildatum is approximate.
    """
    chosen, asked = selection(), st.session_state[_ASKED]
    if asked == st.session_state.get(_FIRST):
        for complaint in st.session_state.get(_COMPLAINTS, ()):
            st.warning(complaint, icon=":material/link_off:")
    if chosen.huisvesting_van and chosen.huisvesting_tot and chosen.huisvesting_van >= chosen.huisvesting_tot:
        st.warning(TEXTS["warning"]["housing"], icon=":material/event_busy:")
    found, told = compared(), TEXTS["warning"]
    earlier = found is not None and found.earlier
    public = found is not None and isinstance(questions.database(), queries.Publication)
    notes = {
        EARLIER_PEILDATUM: chosen.peildatum or earlier,
        told["earlier_comparison"]: earlier,
        told["published_comparison"]: public,
        told["doelgroep"]: asked != chosen,
    }
    for note in (note for note, holds in notes.items() if holds):
        st.html(f'<p class="noot">{formats.escape(note)}</p>')
