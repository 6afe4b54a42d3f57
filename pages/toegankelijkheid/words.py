"""What the page Toegankelijkheid says: its fixed texts, with what the deployment says of itself filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import queries

TEXTS: dict[str, Any] = queries.texts(__file__)
FAILURES = TEXTS["failures"]
# Settings of the deployment: whom to tell, and when all requirements will be examined, in words.
CONTACT, EXAMINATION = "WI_CONTACT", "WI_ONDERZOEK"


def filled(settings: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Per part of the statement its facts, as label and text. settings: the environment.

    Without an examination there is no status A or B, whatever the makers tested; with one planned it is C, else D.
    """
    given = {name: settings.get(name, "").strip() for name in (CONTACT, EXAMINATION)}
    values = {
        "status": TEXTS["statement"]["status"]["planned" if given[EXAMINATION] else "unplanned"],
        "planned": given[EXAMINATION] or TEXTS["not_given"],
        "contact": given[CONTACT] or TEXTS["contact"]["nobody"],
    }
    return {
        part: [(label, text.format(**values)) for label, text in TEXTS[part]["facts"].items()]
        for part in ("statement", "examined", "contact")
    }
