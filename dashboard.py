"""The dashboard. Start it with `streamlit run dashboard.py`; what a visitor sees begins in pages/shell.py."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

import queries
from pages.server import addresses, health, http, media
from pages.show import theme

# What the server logs has the time and the level in front, as Streamlit's own lines have by the same setting.
logging.basicConfig(format=st.get_option("logger.messageFormat"))


def told_in_dutch(failure: Exception) -> bool:
    """The last resort for what no page caught, such as a widget that fails: a Dutch message, details in the log."""
    # Imported when it is needed: before the server runs, Streamlit's caches complain.
    from pages.access import questions

    questions.tell(failure)
    return True


@asynccontextmanager
async def warmed(_app: st.App) -> AsyncIterator[None]:
    """Beside the server, from its start."""
    from pages.access import questions
    from pages.levering import desk

    desk.sweep()
    stops = [health.measure(), queries.follow()]
    threading.Thread(target=questions.warm, daemon=True).start()
    yield
    for stop in stops:
        stop()


media.guard()
for option, colour in theme.options().items():
    config.set_option(option, colour)
BASE = st.get_option("server.baseUrlPath") or ""

# The script lies in pages/ itself. A script beside a folder pages/ is first taken for an app of Streamlit's old
# kind: the first visitor of a cold server who follows a link to a page is then told that there is no such page.
app = st.App(
    Path(__file__).parent / "pages" / "shell.py",
    routes=[*addresses.routes(http.under(BASE)), *health.routes(http.under(BASE))],
    middleware=[Middleware(http.Around, base=BASE)],
    on_script_error=told_in_dutch,
    lifespan=warmed,
)
