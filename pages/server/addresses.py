"""Addresses that stay for the public figures and their charts: of what is published, for everybody, in the public view.

``/data/`` lists them; ``/data/<vraag>.csv`` and ``.json`` have a question, ``/data/alles.zip`` all questions,
``/data/dcat.ttl`` and ``.json`` the metadata, ``/data/<peildatum>/…`` all of an earlier publication, and
``/beeld/<naam>.svg`` a chart.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from email.utils import formatdate
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

import queries
from queries import open_data

if TYPE_CHECKING:
    from queries import Publication

# What these addresses begin with.
ROOTS = DATA, PICTURES = "data", "beeld"
KINDS = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "zip": "application/zip",
    "ttl": "text/turtle; charset=utf-8",
    "svg": "image/svg+xml",
}
# The files that are about no single question.
WHOLE = {"alles": open_data.PACKED, "codeboek": open_data.CODEBOOK, "gebruik": open_data.USE}
# A new publication is seen within minutes, and what was kept is asked for again with its mark.
KEPT = "public, max-age=300, must-revalidate"
# Whoever writes about the figures may read them, and show a picture, on a page of his own; see http.Around.
SHARED = "Access-Control-Allow-Origin"
RETRY = {"Retry-After": "30"}

TOLD = queries.texts(__file__)["addresses"]
LOG = logging.getLogger("dashboard")


class Content(NamedTuple):
    """What an address has, and a mark that tells it from what it had before."""

    content: bytes
    mark: str


Find = Callable[["Publication", str, Request], Content]


class Unknown(LookupError):
    """There is nothing at this address; the message says so in Dutch."""


def routes(base: str = "") -> list[Route]:
    """The addresses, under the path at which the application stands ("" or "/monitor")."""
    found = []
    for root, (find, atonce) in {DATA: (_file, 4), PICTURES: (_picture, 1)}.items():
        # In threads of their own: however many ask, the server goes on with its visitors.
        threads = ThreadPoolExecutor(atonce, thread_name_prefix=root)

        async def answer(request: Request, find: Find = find, threads: ThreadPoolExecutor = threads) -> Response:
            return await asyncio.get_running_loop().run_in_executor(threads, _answered, request, find)

        found.append(Route(f"{base}/{root}/{{rest:path}}", answer))

    async def to_the_list(_: Request) -> Response:
        return RedirectResponse(f"{base}/{DATA}/", status_code=301)

    return [*found, *(Route(f"{base}/{root}", to_the_list) for root in ROOTS)]


def _answered(request: Request, find: Find) -> Response:
    """What is at an address, or in Dutch why there is nothing."""
    # Imported when it is needed: before the server runs, Streamlit's caches complain.
    from pages import start
    from pages.access import questions

    try:
        day, name = _named(request.path_params["rest"])
        if (source := questions.published(day)) is None:
            raise Unknown(TOLD["intern"])
        found = find(source, name, request)
    except (Unknown, questions.NothingPublished) as nothing:
        return _told(str(nothing), 404)
    except open_data.NotSaid as refused:
        return _told(str(refused), 503)
    except start.BeingPublished:
        return _told(start.BEING_PUBLISHED, 503, RETRY)
    except Exception as failure:
        # The text of an exception may quote what nobody may see.
        LOG.error("an address failed: %s", type(failure).__name__)
        return _told(TOLD["failed"], 503, RETRY)
    return _given(request, source, name, found)


def _given(request: Request, source: Publication, name: str, found: Content) -> Response:
    stem, kind = name.rsplit(".", 1)
    headers = {
        SHARED: "*",
        # Weak: on its way the same content may be compressed.
        "ETag": f'W/"{found.mark}"',
        "Last-Modified": formatdate((source.folder / "manifest.json").stat().st_mtime, usegmt=True),
        "Cache-Control": KEPT,
    }
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or found.mark in {each.strip().removeprefix("W/").strip('"') for each in known.split(",")}:
        return Response(status_code=304, headers=headers)
    demo = "_demo" if source.demo else ""
    shown = "attachment" if kind in ("csv", "zip") else "inline"
    filename = f"{stem}_{source.peildatum.isoformat()}_openbaar{demo}.{kind}"
    headers["Content-Disposition"] = f'{shown}; filename="{filename}"'
    media = "application/ld+json" if name == open_data.CATALOGUE else KINDS[kind]
    return Response(found.content, headers=headers | {"Content-Type": media})


def _told(words: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{words}\n", status, {"Cache-Control": "no-store"} | (headers or {}))


def _named(rest: str) -> tuple[date | None, str]:
    """The day of an earlier publication that an address may begin with, and the name of a file."""
    day, slash, name = rest.rpartition("/")
    with suppress(ValueError):
        return date.fromisoformat(day) if slash else None, name or open_data.INDEX
    raise Unknown(TOLD["unknown"])


def _file(source: Publication, name: str, _: Request) -> Content:
    return _made(source, name, open_data.Deployment.read(os.environ))


def _picture(source: Publication, name: str, request: Request) -> Content:
    # Imported when it is needed, as above.
    from pages.server import pictures

    stadsdeel, (stem, _, kind) = request.query_params.get("stadsdeel", ""), name.partition(".")
    known = stem in pictures.PICTURES and stadsdeel in ("", *source.stadsdelen)
    # A page shows the publication in use, and no earlier one.
    if not known or kind != "svg" or request.path_params["rest"] != name:
        raise Unknown(TOLD["unknown"])
    if (drawn := _drawn(source, stem, stadsdeel)) is None:
        raise Unknown(TOLD["too_small"])
    return drawn


@lru_cache(maxsize=200)
def _made(source: Publication, name: str, deployment: open_data.Deployment) -> Content:
    """A file of the open data, or the list of all that there is."""
    files = open_data.files(source, deployment)
    if name == open_data.INDEX:
        return _marked(open_data.dumped(listed(source, deployment)))
    if name not in files:
        raise Unknown(TOLD["unknown"])
    return _marked(files[name]())


@lru_cache(maxsize=200)
def _drawn(source: Publication, name: str, stadsdeel: str) -> Content | None:
    from pages.server import pictures

    drawn = pictures.svg(name, stadsdeel, source.manifest.levering_id)
    return None if drawn is None else _marked(drawn.encode())


def _marked(content: bytes) -> Content:
    return Content(content, hashlib.sha256(content).hexdigest()[:32])


def listed(source: Publication, deployment: open_data.Deployment) -> dict:
    """All addresses with what is there, for machines; they are relative to that of the list itself."""
    from pages.server import pictures

    files = open_data.files(source, deployment)
    sizes = {name: len(make()) for name, make in files.items() if name.endswith((".csv", ".zip"))}
    metadata = [] if deployment.missing else [open_data.TURTLE, open_data.CATALOGUE]
    return {
        "titel": open_data.title(source),
        "peildatum": source.peildatum.isoformat(),
        "toelichting": open_data.explanation(source),
        "licentie": deployment.licence or None,
        **{about: {"adres": name, "bytes": sizes[name]} for about, name in WHOLE.items() if name in sizes},
        "catalogus": metadata,
        "vragen": [
            {
                "naam": name,
                "titel": queries.VRAGEN[name].titel,
                "csv": {"adres": f"{name}.csv", "bytes": sizes[f"{name}.csv"]},
                "json": {"adres": f"{name}.json"},
                "kolommen": open_data.columns(name),
            }
            for name in source.questions
        ],
        "beelden": [
            {"naam": name, "titel": told["title"], "adres": f"../{PICTURES}/{name}.svg"}
            for name, told in pictures.PICTURES.items()
        ],
        "stadsdelen": list(source.stadsdelen),
        "eerder": [f"{day.isoformat()}/" for day in queries.publications() if day < source.peildatum],
    }
