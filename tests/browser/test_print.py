"""A page on paper: what it shows and of whom, whole, without what can only be clicked."""

import application
import pytest

from tests.pages.briefing.printed import Printed, plain

NOT_ON_PAPER = ("Alle filters wissen", "Kopieer link", "Gehuisvest vanaf", "Toon de tabel", "Downloaden", "Toon per")
OUTSIDE = """() => [...document.querySelectorAll('.tabel, .kengetallen, .tegels, svg.marks, .kop')]
    .filter(part => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(part => part.outerHTML.slice(0, 200))"""
# What is drawn at the moment at which the browser would print.
DRAWN = """window.print = () => window.printed = Math.max(
    ...[...document.querySelectorAll('svg.marks')].map(chart => chart.getBoundingClientRect().width))"""
A4 = {"width": 703, "height": 1032}


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("/?stadsdeel=Noord&overzicht_verdieping=Gebieden+naast+de+rest", "light"),
        ("/begeleiding?stadsdeel=Noord", "dark"),
        ("/overdracht?stadsdeel=Noord", "light"),
    ],
)
def test_a_page_prints_its_filters_its_headings_with_their_charts_and_whole_tables(open_at, path, scheme):
    page = open_at(path, scheme=scheme)
    next(application.each_tab(page))
    made = page.pdf(format="A4", print_background=True)
    printed = Printed(made)
    assert [words for words in NOT_ON_PAPER if plain(words) in printed.text] == []
    assert plain(page.inner_text(".getoond")) in printed.pages[0] and "stadsdeelNoord" in printed.pages[0]
    for row in page.locator(".tabel tr:last-child").all_inner_texts():
        assert plain(row) in printed.text
    for figure in page.locator("[class*=st-key-figuur_]:has(svg.marks)").all():
        title = plain(figure.get_by_role("heading").inner_text())
        marks = plain("".join(figure.locator("svg.marks text").all_text_contents()))
        (sheet,) = [text for text in printed.pages if title in text]
        assert marks[-12:] in sheet
    # As wide as the paper, nothing sticks out; whatever the screen has, the ground is white.
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    application.settle(page)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"


# The most persons, and hardly any.
@pytest.mark.parametrize("team", ["Europawijk-Molenwijk", "Onbekend"])
def test_a_wijkteam_prints_on_one_sheet(open_at, team):
    page = open_at(f"/wijkteam?wijkteam={team}")
    (sheet,) = Printed(page.pdf(format="A4", print_background=True)).pages
    for heading in page.locator(".stMain :is(h1, h2, h3)").all_inner_texts():
        assert plain(heading) in sheet
    for row in page.locator(".tabel tr:last-child").all():
        assert plain(row.inner_text()) in sheet


def test_before_printing_a_chart_is_drawn_as_wide_as_the_paper(open_at):
    page = open_at("/overdracht")
    page.add_init_script(DRAWN)
    page.reload()
    application.settle(page)
    wide = page.locator("svg.marks").first.bounding_box()["width"]
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.printed")
    assert page.evaluate("window.printed") <= A4["width"] < wide
