"""The addresses of the public data on a real server: every picture is made, and no address tells more than it may."""

from __future__ import annotations

from urllib.parse import urljoin

import httpx
import lxml.etree
import pytest

from pages.server.addresses import WHOLE
from queries.openbaar.attack.knowledge import puzzle
from queries.openbaar.rules import STAD
from tests import towns
from tests.queries.openbaar.attack import gathered

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def at_all_addresses(public):
    """What a machine gets that follows the list: per address the answer, and the list itself."""
    listed = httpx.get(f"{public}/data/").json()
    told = [listed[name] for name in WHOLE]
    told += [each[kind] for each in listed["vragen"] for kind in ("csv", "json")]
    addresses = [each["adres"] for each in (*told, *listed["beelden"])]
    with httpx.Client(timeout=60) as client:
        return {address: client.get(urljoin(f"{public}/data/", address)) for address in addresses}, listed


def test_every_picture_is_made_by_its_page_and_says_what_it_shows_of_when_and_from_where(at_all_addresses):
    answers, listed = at_all_addresses
    titles = set()
    for told in listed["beelden"]:
        answer = answers[told["adres"]]
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml"), told["naam"]
        drawing = lxml.etree.fromstring(answer.content)
        titles.add(title := drawing.findtext(f"{SVG}title"))
        assert drawing.get("role") == "img" and drawing.findtext(f"{SVG}desc")
        written = " ".join(drawing.itertext())
        # The title stands in the drawing as well, on as many lines as it takes.
        assert written.count(title.split()[-1]) > 1
        said = ("Stand 31 december 2022", "heel Haarlem", "Bron: Demogegevens (synthetisch)", "<10 is minder dan 10")
        for words in (told["titel"].split(",")[0][:25], *said):
            assert words in written, told["naam"]
    assert len(titles) == len(listed["beelden"])


def test_a_picture_of_a_stadsdeel_says_so(public):
    answer = httpx.get(f"{public}/beeld/begeleiding-duur.svg?stadsdeel=Noord", timeout=60)
    assert answer.status_code == 200 and "stadsdeel Noord" in answer.text and "heel Haarlem" not in answer.text


def test_no_address_gives_an_exact_count(at_all_addresses):
    came = gathered.Gathered()
    for address, answer in at_all_addresses[0].items():
        assert answer.status_code == 200
        came.add_file(address, answer.content)
    assert len(came.texts) > 80 and len(came.tables) > 30
    counts = {count for count, _ in puzzle({towns.DAY: towns.true(STAD)}, basis=1).known.values()}
    assert gathered.exact_in_texts(came, counts) == []
    # The text of a picture, its description included.
    assert any("ongeveer" in text for place, text in came.texts if place.endswith(".svg"))


def test_the_view_intern_has_none_of_it(app):
    for path in ("/data/", "/data/kpi.csv", "/beeld/kaart.svg"):
        answer = httpx.get(app + path)
        assert (answer.status_code, "alleen in de openbare weergave" in answer.text) == (404, True)
