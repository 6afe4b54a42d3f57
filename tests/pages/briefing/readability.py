"""How easily Dutch reads: the reading ease of Flesch as Douma made it for Dutch (W.H. Douma, 1960).

206.84 - 0.93 times the words of a sentence - 77 times the syllables of a word. From 60 on it is plain Dutch, about the
level B1; under 45 it is hard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PLAIN = 60
# What sounds as one; a trema begins a syllable.
_SOUNDS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyàáèéêëïíóöüú]")


def words_of_sentences(paragraphs: Iterable[str]) -> list[list[str]]:
    """The words of each sentence. Numbers are no words; the name of a KPI, which stands between quotes, is one."""
    parts = (part for each in paragraphs for part in re.split(r"(?<=[.?!])\s+(?=[A-Z\d‘])", each))
    told = [re.findall(r"[^\W\d_]+", re.sub(r"‘[^’]*’", "naam", part).lower()) for part in parts]
    return [words for words in told if words]


def reading_ease(told: list[list[str]]) -> float:
    """Of sentences together. told: see words_of_sentences()."""
    words = [word for each in told for word in each]
    syllables = sum(max(len(_SOUNDS.findall(word)), 1) for word in words)
    return 206.84 - 0.93 * len(words) / len(told) - 77 * syllables / len(words)
