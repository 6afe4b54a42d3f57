"""Charts of the public view as pictures, for who writes about them: pictures.toml has which.

A picture is made by its page: that is run as for a visitor who opens its link, and the chart that it shows is drawn.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SessionState

import queries
from pages.show import downloads, pictures

PICTURES: dict[str, dict[str, Any]] = queries.texts(__file__, "pictures.toml")
SHELL = str(Path(__file__).parents[1] / "shell.py")
# Seconds that a page may take.
_PATIENCE = 60


def svg(name: str, stadsdeel: str, delivery: str) -> str | None:
    """The picture of this name, of a stadsdeel or ("") of the city; None when its page has nothing to draw.

    Raises RuntimeError for a page that shows something else than the publication of this delivery.
    """
    told = PICTURES[name]
    page, part = told["page"], told.get("part")
    link = ({f"{page}_deel": part} if part else {}) | ({"stadsdeel": stadsdeel} if stadsdeel else {})
    for item, around in offered(page, link):
        if not around.openbaar or around.delivery != delivery:
            raise RuntimeError("a page showed something else than the publication")
        is_it = item.questions[:1] == (told["question"],) and item.title.startswith(told.get("begins", ""))
        if is_it and item.chart is not None:
            # On its page a chart stands under a heading; here it has to say by itself what it is about.
            alone = replace(item, toelichting=f"{told['title']}. {item.toelichting}")
            files = downloads.files(alone, around, name)
            return next(file.make() for file in files if file.mime == pictures.SVG_MIME)
    return None


def offered(page: str, link: Mapping[str, str]) -> list[tuple[downloads.Item, downloads.Context]]:
    """The charts and tables of which a page offers files to who opens it with this link.

    Raises TimeoutError.
    """
    found: list[tuple[downloads.Item, downloads.Context]] = []
    state, scripts, loop, ended = SessionState(), ScriptCache(), asyncio.new_event_loop(), threading.Event()
    runner = ScriptRunner(
        session_id="pictures",
        main_script_path=SHELL,
        session_state=state,
        uploaded_file_mgr=MemoryUploadedFileManager("/none"),
        script_cache=scripts,
        initial_rerun_data=RerunData(query_string=urlencode(link), page_name=page),
        user_info={},
        fragment_storage=MemoryFragmentStorage(),
        pages_manager=PagesManager(SHELL, scripts),
        event_loop=loop,
    )

    def heard(_: object, event: ScriptRunnerEvent, **__: object) -> None:
        if event == ScriptRunnerEvent.SCRIPT_STARTED:
            found.clear()
            state[downloads.DRAWN] = found
        elif event == ScriptRunnerEvent.SHUTDOWN:
            ended.set()

    runner.on_event.connect(heard)
    runner.start()
    if not ended.wait(_PATIENCE):
        runner.request_stop()
        raise TimeoutError
    loop.close()
    return found
