"""What the charts of a page say to who points at them, and what is wrong with that."""

from __future__ import annotations

import re

# Per item of every chart: the kind of mark, whether the pointer reaches it, and the lines of its tooltip.
_READ = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].flatMap(chart => {
    if (chart.querySelector('canvas')) return [['canvas', true, []]];
    return [...chart.querySelectorAll('svg.marks g.role-mark > :not(g)')].map(item => {
        item.dispatchEvent(new PointerEvent('pointermove', {bubbles: true}));
        const lines = [...document.querySelectorAll('#vg-tooltip-element tr')].map(
            line => [...line.cells].map(cell => cell.textContent));
        document.getElementById('vg-tooltip-element')?.remove();
        const kind = item.closest('g.role-mark').classList[0].replace('mark-', '');
        return [kind, getComputedStyle(item).pointerEvents !== 'none', lines];
    });
})"""
# Of these there is something under the pointer that says more.
_SILENT = {"text", "area", "rule", "line"}
_POINTED_AT = {"rect", "symbol", "shape"}
_RAW = {
    "a name of the code": r"_",
    "a number as it is stored": r"\d,\d{3}|\d\.\d{1,2}(?!\d)|\d\.\d{4}",
    "a percentage with decimals": r"\d,\d+ ?%",
    "a value of the code": r"\b(null|undefined|NaN|None|true|false|Infinity)\b",
    "a date as it is stored": r"\d{4}-\d\d|\d-\d{4}",
    "a code": r"^[A-Z]( · .*)?$",
    "English": r"(?i)\b(the|and|count|sum|mean|value|share|months?|quarters?|years?|days?|january|february|march|may"
    r"|june|july|august|october)\b",
}

Item = tuple[str, bool, list[list[str]]]


def read(page) -> list[Item]:
    """Every item of every chart of a page, pointed at."""
    return [tuple(item) for item in page.evaluate(_READ)]


def faults(items: list[Item]) -> set[str]:
    """What a tooltip should not say, where there is none, and where there should be none."""
    found = set()
    for kind, reached, lines in items:
        if kind not in _SILENT | _POINTED_AT:
            found.add(f"{kind}: cannot be read")
        elif kind in _SILENT and (lines or reached):
            found.add(f"{kind}: takes the pointer, and says {lines}")
        elif kind in _POINTED_AT and not lines:
            found.add(f"{kind}: says nothing")
        found |= {f"{line}: {fault}" for line in lines for fault in faults_of(*line)}
    return found


def faults_of(about: str, said: str) -> list[str]:
    """What is wrong with one line of a tooltip."""
    found = [fault for fault, pattern in _RAW.items() if re.search(pattern, said) or re.search(pattern, about)]
    found += ["without a capital"] if not about[:1].isupper() else []
    return found + (["empty"] if not said else [])
