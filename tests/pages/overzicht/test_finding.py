"""The finding of Overzicht: who waits too long and which norms are met, in the words of the briefing."""

import queries
from pages.overzicht.finding import NOBODY, finding
from pages.words import sentences
from queries import Selection
from tests import towns


def rows(teller, noemer):
    """Every KPI with the same counts."""
    return {
        name: {
            "teller": teller,
            "noemer": noemer,
            "waarde": teller / noemer if noemer else None,
            "ci_laag": 0,
            "ci_hoog": 1,
        }
        for name in queries.INDICATOREN
    }


def test_nobody_in_the_selection():
    assert finding(rows(0, 0)) == NOBODY


def test_the_finding_is_that_of_the_briefing_and_who_waits_too_long_comes_first():
    told = finding(rows(20, 40))
    assert told == f"{sentences.waiting(rows(20, 40))} {sentences.norms(rows(20, 40))}"
    assert told.startswith("20 personen wachten te lang op een persoonlijk plan (PIP) (van 40 zonder PIP)")


def test_one_function_names_the_farthest_norm_in_every_view():
    """Of one day no two outputs name another norm, but that rounding may leave more of them about as far."""
    sources = queries.Database(towns.folder()), queries.open_publication(towns.publications())
    exact, rounded = (
        {row["indicator"]: row for row in queries.shown("kpi", Selection(), source).iter_rows(named=True)}
        for source in sources
    )
    sharp, blurred = queries.farthest_from_norm(exact), queries.farthest_from_norm(rounded)
    assert sharp and set(sharp) & set(blurred)
    assert queries.INDICATOREN[sharp[0]].titel in finding(exact)
    assert all(f"‘{queries.INDICATOREN[name].titel}’ (ongeveer" in finding(rounded) for name in blurred)
