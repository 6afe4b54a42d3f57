"""What is compared with stands on every page that compares, in grey and in words, and costs nothing unless asked."""

import html
import re

import pytest

import queries
from pages.contents import COMPARING, PAGES
from tests.pages.show.drawing import tooltip_faults

REST = {"stadsdeel": "Schalkwijk", "vergelijk": "De rest van de stad"}
JUNE = {"stadsdeel": "Schalkwijk", "vergelijk": "De stand van 30 juni 2022"}
OVERLAP = "Daarom staat er bij een verschil niet of het toeval kan zijn."


def beside(text):
    """What stands in grey beside the figures of tiles."""
    return [html.unescape(found) for found in re.findall(r'<p class="naast">(.*?)</p>', text)]


@pytest.mark.parametrize("name", COMPARING)
def test_tiles_and_charts_say_what_they_stand_beside(open_page, in_parts, text_of, drawn, name):
    text = "".join(map(text_of, in_parts(open_page, name, **REST)))
    lines = beside(text)
    assert "· vergeleken met de rest van de stad ·" in text and OVERLAP not in text
    assert lines and all(line.startswith("De rest van de stad: ") for line in lines)
    # Overzicht tells shares in its table.
    told = "".join(lines) if name != "overzicht" else text
    assert re.search("hier .* procentpunt (hoger|lager), (kan toeval zijn|meer dan toeval)", told)
    # The map and the requests of Overzicht are of areas side by side already.
    assert name == "overzicht" or any("De rest van de stad" in chart.description for chart in drawn)
    assert [fault for chart in drawn for fault in tooltip_faults(chart)] == []


def test_of_the_same_persons_on_another_day_no_chance_is_told_and_a_sentence_says_why(open_page, text_of):
    text = text_of(open_page("leerroutes", **JUNE))
    assert OVERLAP in text and "bij benadering" in text
    assert any("; nu " in line for line in beside(text))
    assert not any("toeval" in line for line in beside(text))


def test_two_areas_side_by_side_and_a_filter_on_who(open_page, text_of):
    text = text_of(open_page("leerroutes", **REST | {"doelgroep": "Asielstatushouder", "cohort": "2022"}))
    rest = queries.Selection(("Schalkwijk",), (), ("Asielstatushouder",), cohorten=(2022,), rest=True)
    share = queries.answer("kpi", rest).filter(indicator="pip_tijdig").row(0, named=True)
    assert any(f"({share['teller']} van {share['noemer']}); hier" in line for line in beside(text))
    text = text_of(open_page("leerroutes", stadsdeel="Noord", vergelijk="Stadsdeel Schalkwijk"))
    assert all(line.startswith("Stadsdeel Schalkwijk: ") for line in beside(text))


def test_a_link_on_the_page_keeps_what_is_compared_with_where_that_can_be(open_page, text_of):
    text = html.unescape(text_of(open_page(**REST)))
    kept = "vergelijk=De+rest+van+de+stad"
    assert f'href="/leerroutes?stadsdeel=Schalkwijk&{kept}"' in text
    assert f'href="/leerroutes?stadsdeel=Schalkwijk&wijkteam=Meerwijk&{kept}' in text
    # Without anything compared the figure of an area leads to that area beside the rest, and nothing else does.
    tiles, table = text_of(open_page(stadsdeel="Schalkwijk")).split("<table")[:2]
    assert "vergelijk=" not in tiles
    assert all("wijkteam=" in way for way in re.findall(r'href="([^"]*vergelijk=[^"]*)"', table))


def test_nothing_more_is_asked_when_nothing_is_compared(open_page, nothing_kept, monkeypatch):
    asked, shown = [], queries.shown
    monkeypatch.setattr(queries, "shown", lambda *what: asked.append(what[:2]) or shown(*what))
    for name in COMPARING:
        open_page(name, stadsdeel="Schalkwijk")
    assert asked and "kpi_vergelijking" not in {name for name, _ in asked}
    assert not any(chosen.rest or chosen.naast for _, chosen in asked)


@pytest.mark.parametrize("name", sorted({*PAGES} - {*COMPARING, "briefing"}))
def test_other_pages_show_the_selection_alone(open_page, text_of, name):
    text = text_of(open_page(name, **REST))
    assert "vergeleken met" not in text and not beside(text)


def test_published_figures_stand_beside_each_other(open_public_page, in_parts, text_of, drawn):
    for name in COMPARING:
        for link in ({"stadsdeel": "Schalkwijk", "vergelijk": "Heel Haarlem"}, {"vergelijk": "Stadsdeel Schalkwijk"}):
            apps = list(in_parts(open_public_page, name, **link))
            text = "".join(map(text_of, apps))
            assert not any(app.exception or app.error for app in apps)
            assert beside(text) and not any(re.search("hier|nu |toeval|procentpunt", line) for line in beside(text))
            assert "is geen verschil uitgerekend" in text
    assert [fault for chart in drawn for fault in tooltip_faults(chart)] == []
