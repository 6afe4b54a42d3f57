"""The addresses of the public data: what each gives, with which headers, and nothing in the view intern."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import date

import polars as pl
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import queries
from data.snapshots import store
from pages import start
from pages.access import questions
from pages.server import addresses, http, pictures
from queries import open_data
from queries.openbaar.publication import OPEN_DATA
from tests import towns


def client(base: str = "") -> TestClient:
    app = Starlette(routes=addresses.routes(base), middleware=[Middleware(http.Around, base=base)])
    return TestClient(app, base_url="https://monitor.example", follow_redirects=False)


@pytest.fixture
def ask(public_view):
    return client()


@pytest.fixture
def said(monkeypatch):
    """The deployment says of itself what the metadata tell."""
    for name, value in (
        (open_data.ADDRESS, "https://monitor.example"),
        (open_data.CONTACT, "data@gemeente.example"),
        (open_data.LICENCE, "https://licence.example/cc0"),
    ):
        monkeypatch.setenv(name, value)


KINDS = {
    "kpi.csv": ("text/csv; charset=utf-8; header=present", "attachment"),
    "codeboek.csv": ("text/csv; charset=utf-8; header=present", "attachment"),
    "kpi.json": ("application/json", "inline"),
    "index.json": ("application/json", "inline"),
    "alles.zip": ("application/zip", "attachment"),
    "dcat.json": ("application/ld+json", "inline"),
    "dcat.ttl": ("text/turtle; charset=utf-8", "inline"),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_file_says_what_it_is_and_is_sent_again_only_when_it_changed(ask, said, name):
    answer, (kind, shown) = ask.get(f"/data/{name}"), KINDS[name]
    stem, _, suffix = name.partition(".")
    expected = {
        **http.FIXED,
        "content-type": kind,
        "content-disposition": f'{shown}; filename="{stem}_2022-12-31_openbaar_demo.{suffix}"',
        "access-control-allow-origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "cache-control": "public, max-age=300, must-revalidate",
    }
    assert answer.status_code == 200 and {header: answer.headers[header] for header in expected} == expected
    assert answer.headers["last-modified"].endswith(" GMT") and "set-cookie" not in answer.headers
    mark = answer.headers["etag"]
    for known in (mark, mark.removeprefix("W/"), f'"other", {mark}', "*"):
        again = ask.get(f"/data/{name}", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
        assert again.headers["access-control-allow-origin"] == "*"
    assert ask.get(f"/data/{name}", headers={"If-None-Match": '"other"'}).content == answer.content
    head = ask.head(f"/data/{name}")
    assert (head.status_code, head.headers["etag"]) == (200, mark)
    assert head.headers["content-length"] == str(len(answer.content))


def test_the_tables_are_those_of_the_publication(ask, public_view):
    for question in public_view.questions:
        published = pl.read_parquet(public_view.folder / f"{question}.parquet")
        csv = ask.get(f"/data/{question}.csv").content
        assert csv == (public_view.folder / OPEN_DATA / f"{question}.csv").read_bytes()
        assert len(ask.get(f"/data/{question}.json").json()["rijen"]) == published.height == csv.count(b"\n") - 1
    with zipfile.ZipFile(io.BytesIO(ask.get("/data/alles.zip").content)) as archive:
        csvs = {f"{question}.csv" for question in public_view.questions}
        assert set(archive.namelist()) == csvs | {"codeboek.csv", "gebruik.csv", "LEESMIJ.txt", "CITATION.cff"}


@pytest.mark.parametrize("base", ["", "/monitor"])
def test_the_list_has_every_address_and_each_is_there(public_view, said, monkeypatch, base):
    monkeypatch.setattr(pictures, "svg", lambda name, stadsdeel, delivery: f"<svg>{name} {stadsdeel} {delivery}</svg>")
    ask = client(base)
    assert ask.get(f"{base}/data").headers["location"] == f"{base}/data/"
    found = ask.get(f"{base}/data/").json()
    assert found == ask.get(f"{base}/data/index.json").json()
    assert (found["peildatum"], found["licentie"]) == ("2022-12-31", "https://licence.example/cc0")
    assert {each["naam"] for each in found["vragen"]} == set(public_view.questions)
    told = [found[name] for name in addresses.WHOLE]
    told += [each[kind] for each in found["vragen"] for kind in ("csv", "json")]
    for each in told:
        answer = ask.get(f"{base}/data/{each['adres']}")
        assert answer.status_code == 200 and each.get("bytes", len(answer.content)) == len(answer.content)
    assert [ask.get(f"{base}/data/{name}").status_code for name in found["catalogus"]] == [200, 200]
    assert {each["naam"] for each in found["beelden"]} == set(pictures.PICTURES)
    answer = ask.get(f"{base}/data/{found['beelden'][0]['adres']}?stadsdeel=Noord")
    assert answer.text == f"<svg>kaart Noord {public_view.manifest.levering_id}</svg>"
    assert (answer.headers["content-type"], answer.headers["etag"][:3]) == ("image/svg+xml", 'W/"')


NOWHERE = (
    "/data/geen.csv", "/data/kpi", "/data/kpi.parquet", "/data/manifest.json", "/data/x/y.csv",
    "/data/%2e%2e/manifest.json", "/data/..%2fmanifest.json", "/data//etc/passwd", "/data/2022-12-31/x/kpi.csv",
    "/data/1999-01-01/kpi.csv", "/data/open_data/kpi.csv", "/beeld/", "/beeld/geen.svg", "/beeld/kaart",
    "/beeld/kaart.png", "/beeld/kaart.svg?stadsdeel=Parijs", "/beeld/2022-12-31/kaart.svg",
)  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
def test_elsewhere_there_is_nothing_and_that_is_told_in_dutch(ask, path):
    answer = ask.get(path)
    assert answer.status_code == 404 and "access-control-allow-origin" not in answer.headers
    assert any(
        words in answer.text for words in ("Op dit adres is niets", "geen publicatie", "Deze pagina bestaat niet")
    )
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(ask, method):
    assert ask.request(method, "/data/kpi.csv").status_code == 405


@pytest.mark.parametrize("path", ["/data/", "/data/kpi.csv", "/data/dcat.ttl", "/data/geen.csv", "/beeld/kaart.svg"])
@pytest.mark.parametrize("view", ["", "intern"])
def test_in_the_view_intern_there_is_nothing(snapshots_in_use, demo_publication, monkeypatch, view, path):
    monkeypatch.setenv(queries.WEERGAVE, view)
    monkeypatch.setattr(queries, "PUBLICATIES", demo_publication)
    answer = client().get(path)
    assert (answer.status_code, "alleen in de openbare weergave" in answer.text) == (404, True)


def test_a_chart_on_too_few_is_not_there(ask, monkeypatch):
    drawn = []
    monkeypatch.setattr(pictures, "svg", lambda *asked: drawn.append(asked))
    for _ in range(2):
        answer = ask.get("/beeld/overdracht-duur.svg?stadsdeel=Noord")
        assert (answer.status_code, "te klein om te tonen" in answer.text) == (404, True)
    # What is not there is kept as well.
    assert len(drawn) == 1


def test_without_a_setting_the_metadata_are_refused_and_not_listed(ask, said, monkeypatch):
    monkeypatch.delenv(open_data.LICENCE)
    answer = ask.get("/data/dcat.ttl")
    assert (answer.status_code, "WI_LICENTIE" in answer.text) == (503, True)
    assert "WI_ADRES" not in answer.text
    found = ask.get("/data/").json()
    assert (found["catalogus"], found["licentie"]) == ([], None)


def being_made():
    raise start.BeingPublished("Stap 1 van 2: 10%")


@pytest.mark.parametrize(
    ("beside", "status", "words"),
    [
        (lambda: None, 404, "nog niets gepubliceerd"),
        (being_made, 503, "worden gemaakt"),
        (lambda: 1 / 0, 503, "logboek"),
    ],
)
def test_without_a_publication_it_is_told_why(public_view, tmp_path, monkeypatch, beside, status, words):
    monkeypatch.setattr(queries, "PUBLICATIES", tmp_path)
    monkeypatch.setattr(start, "ensure_snapshot", lambda *_: None)
    monkeypatch.setattr(start, "demo_publication_beside", beside)
    answer = client().get("/data/kpi.csv")
    assert (answer.status_code, words in answer.text) == (status, True)
    assert answer.headers["cache-control"] == "no-store"


def test_a_file_that_was_changed_is_not_given(public_view, tmp_path, monkeypatch):
    folder = shutil.copytree(public_view.folder, tmp_path / "publicatie")
    csv = folder / OPEN_DATA / "kpi.csv"
    monkeypatch.setattr(questions, "published", lambda _: source)
    source = queries.open_publication(folder)
    csv.write_bytes(csv.read_bytes().replace(b"1", b"2", 1))
    assert client().get("/data/kpi.csv").status_code == 503
    assert client().get("/data/kpi_trend.csv").status_code == 200


def test_an_earlier_publication_stays_at_the_address_of_its_day(public_view, tmp_path, monkeypatch):
    with store.exclusive(tmp_path):
        for day in (towns.EARLIER, towns.DAY):
            with store.under_construction(tmp_path, public=True) as folder:
                shutil.copytree(public_view.folder, folder, dirs_exist_ok=True)
                store.publish(folder, public_view.manifest.model_copy(update={"peildatum": day}), tmp_path, public=True)
    monkeypatch.setattr(queries, "PUBLICATIES", tmp_path)
    ask = client()
    assert ask.get("/data/").json()["eerder"] == ["2022-11-30/"]
    earlier = json.loads(ask.get("/data/2022-11-30/").content)
    assert (earlier["peildatum"], earlier["eerder"]) == ("2022-11-30", [])
    answer = ask.get("/data/2022-11-30/kpi.csv")
    assert (answer.status_code, "kpi_2022-11-30_openbaar" in answer.headers["content-disposition"]) == (200, True)
    assert set(queries.publications()) == {date(2022, 11, 30), date(2022, 12, 31)}
