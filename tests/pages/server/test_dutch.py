"""The script that makes Streamlit's own words Dutch: each of them is one that the Streamlit installed can say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import streamlit as st

from pages.server import http

SCRIPT = http.SCRIPTS["dutch.js"].decode()
STREAMLIT = Path(st.__file__).parent
# Said by the server; all else is said in the browser.
SERVER = STREAMLIT / "runtime" / "backend_operation_handler.py"


def words(name: str) -> dict[str, str]:
    (block,) = re.findall(rf"const {name} = (\{{.*?\n  \}});", SCRIPT, re.DOTALL)
    return json.loads(block)


TEXTS, LABELS = words("TEXTS"), words("LABELS")


@pytest.fixture(scope="module")
def streamlit():
    """All that Streamlit can say."""
    files = [*(STREAMLIT / "static" / "static" / "js").glob("*.js"), SERVER]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_streamlit_says_every_text_that_is_translated(streamlit):
    gone = [text for text in (*TEXTS, *LABELS) if not any(f"{mark}{text}{mark}" in streamlit for mark in "`\"'")]
    assert gone == []


def test_streamlit_says_the_fixed_words_of_every_pattern(streamlit):
    patterns = " / ".join(re.sub(r"\\.", "", pattern) for pattern in re.findall(r"\[/\^(.*?)\$/", SCRIPT))
    fixed = set(re.findall(r"[A-Z]?[a-z]+(?: [a-z]+)*", patterns))
    assert len(fixed) > 20
    assert sorted(part for part in fixed if part not in streamlit) == []


def test_what_is_translated_once_is_not_translated_again():
    said = {*TEXTS.values(), *LABELS.values()}
    assert said.isdisjoint(TEXTS.keys() | LABELS.keys())
    assert TEXTS.keys().isdisjoint(LABELS)
