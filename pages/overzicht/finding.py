"""The finding of the page Overzicht: who waits too long, and which norms are met; the same as in the briefing."""

from __future__ import annotations

from collections.abc import Mapping

from pages.words import sentences

NOBODY = "Er is niemand in deze selectie. Kies andere filters of wis ze."


def finding(rows: Mapping[str, dict]) -> str:
    """What the figures say, in a few sentences. rows: per indicator its row of the question kpi."""
    if all(row["noemer"] == 0 for row in rows.values()):
        return NOBODY
    return f"{sentences.waiting(rows)} {sentences.norms(rows)}".strip()
