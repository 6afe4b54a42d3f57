"""What stands in a PDF, read with pikepdf: the text of its pages, and the elements of its structure."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pikepdf
from pikepdf import Dictionary, Object

Roles = tuple[str, ...]


class Printed:
    """A PDF. pages: per page all that is written on it, in the order in which it is drawn, see plain()."""

    def __init__(self, made: bytes):
        self.pdf = pikepdf.open(io.BytesIO(made))
        self.pages = [plain(drawn(page)) for page in self.pdf.pages]
        self.text = "".join(self.pages)

    def elements(self, *roles: str) -> list[Dictionary]:
        """The elements of these roles."""
        found = (each for each in self.pdf.objects if isinstance(each, Dictionary))
        return [each for each in found if str(each.get("/S", "")).lstrip("/") in roles]

    def torn(self) -> list[str]:
        """The headings, and the titles and heads of tables, that stand on another page than what follows."""
        leaves = list(self._leaves(self.pdf.Root.StructTreeRoot.K, (), None))
        torn = []
        for (roles, page), (after, next_page) in pairwise(leaves):
            ends = roles[-1] in ("H1", "H2") or "TH" in roles or (roles[-1] == "P" and "Table" in after)
            if ends and page != next_page:
                torn.append(f"{roles} before {after}")
        return torn

    def _leaves(
        self, inside: Object, roles: tuple[str, ...], page: int | None
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        """What is written, in the order in which it is read: the roles that it is in, and its page."""
        for each in inside if isinstance(inside, pikepdf.Array) else [inside]:
            if not isinstance(each, Dictionary):
                yield roles, page
                continue
            here = each.Pg.objgen[0] if "/Pg" in each else page
            if "/K" in each:
                yield from self._leaves(each.K, (*roles, str(each.S).lstrip("/")), here)
            elif "/MCID" in each:
                yield roles, here


def drawn(page: pikepdf.Page) -> str:
    """The text of a page, with a space where the next piece is drawn elsewhere."""
    fonts = {name: _characters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    written, font = [], None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            written += [font(bytes(part)) for part in parts if isinstance(part, pikepdf.String)]
        elif str(operator) in ("ET", "Td", "Tm"):
            written.append(" ")
    return "".join(written)


def _characters(font: Dictionary) -> Callable[[bytes], str]:
    """From the codes of a font to text, by its own table (ToUnicode)."""
    found: dict[int, str] = {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for kind, block in re.findall(r"beginbf(char|range)(.*?)endbf", table, re.S):
        codes, step = re.findall(r"<(\w+)>", block), 2 if kind == "char" else 3
        for place in range(0, len(codes), step):
            first, last = int(codes[place], 16), int(codes[place + step - 2], 16)
            text = bytes.fromhex(codes[place + step - 1]).decode("utf-16-be")
            found |= {code: text[:-1] + chr(ord(text[-1]) + code - first) for code in range(first, last + 1)}
    return lambda codes: "".join(
        found.get(int.from_bytes(codes[place : place + 2], "big"), "") for place in range(0, len(codes), 2)
    )


def plain(text: str) -> str:
    """Text without what only breaks lines, and without any spaces: a line end may eat one."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)
