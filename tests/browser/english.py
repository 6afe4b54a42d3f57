"""English in front of a reader: in what is seen, in labels, and in what a screen reader is told."""

from __future__ import annotations

import re

# English, and not Dutch as well, as open, help, data, stop, filter, is, of and last are.
_ENGLISH = """
    the and you your are with from this that which please wait for to on at by no not need enable again
    choose select selected close clear show hide copy copied skip main fullscreen collapse expand sidebar settings
    theme light dark system record screen made rerun running stopping connecting connected connection error responding
    failed loading remove dismiss use arrow keys escape navigate option options results available value values
    suggestions empty date dates day month year yyyy today previous next first page pages more less view expected
    axis scale linear discrete legend visualization line circle point text title subtitle symbol color group geoshape
    january february march may june july august october monday tuesday wednesday thursday friday saturday sunday
"""
WORDS = frozenset(_ENGLISH.split())

# Of what is on the screen; an element that is not shown has no reader.
_LABELS = """() => [...document.querySelectorAll('[title], [placeholder], [alt], [aria-label]')]
    .filter(element => element.checkVisibility())
    .flatMap(element => ['title', 'placeholder', 'alt', 'aria-label'].map(name => element.getAttribute(name)))
    .filter(Boolean)"""


def english(page) -> list[str]:
    """The texts and labels of a page with an English word in them, in the page and in its accessibility tree."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    told = [
        str(said.get("value", ""))
        for node in nodes
        if not node["ignored"]
        for said in (
            *(node.get(part, {}) for part in ("name", "description", "value")),
            *(each["value"] for each in node.get("properties", ()) if each["name"] in ("roledescription", "valuetext")),
        )
    ]
    seen = page.inner_text("body").splitlines()
    return sorted({text for text in (*seen, *page.evaluate(_LABELS), *told) if WORDS & set(_words(text))})


def _words(text: str) -> list[str]:
    # The name of an icon, such as light_mode, is one word.
    return re.findall(r"[a-z_]+", text.lower())
