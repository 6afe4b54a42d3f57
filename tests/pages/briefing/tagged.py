"""The structure of a tagged PDF, read with pikepdf: elements with their role, their text and their alt text."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary


class Tagged:
    """A PDF as who cannot see it gets it. untagged: texts without a tag; running: per page what stands around it."""

    def __init__(self, made: bytes):
        self.pdf = pikepdf.open(io.BytesIO(made))
        self.root = self.pdf.Root.StructTreeRoot
        self.roles = {str(key): str(value) for key, value in self.root.get("/RoleMap", {}).items()}
        self.pages = {sheet.obj.objgen: number for number, sheet in enumerate(self.pdf.pages)}
        self.running = [""] * len(self.pages)
        self.untagged: list[str] = []
        self._text: dict[tuple[int | None, int], str] = {}
        for number, sheet in enumerate(self.pdf.pages):
            self._read(number, sheet)

    def _read(self, number: int, sheet: pikepdf.Page) -> None:
        fonts = {name: _characters(font) for name, font in sheet.obj.Resources.get("/Font", {}).items()}
        font, stack = None, []
        for operands, operator in pikepdf.parse_content_stream(sheet):
            name = str(operator)
            if name in ("BDC", "BMC"):
                properties = operands[1] if name == "BDC" else None
                mark = properties.get("/MCID") if isinstance(properties, Dictionary) else None
                stack.append((str(operands[0]), mark))
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                font = fonts[str(operands[0])]
            elif name in ("Tj", "TJ"):
                parts = operands[0] if name == "TJ" else operands
                shown = "".join(font(bytes(part)) for part in parts if isinstance(part, pikepdf.String))
                mark = next((int(mark) for _, mark in reversed(stack) if mark is not None), None)
                if mark is not None:
                    self._text[number, mark] = self._text.get((number, mark), "") + shown
                elif any(tag == "/Artifact" for tag, _ in stack):
                    self.running[number] += shown
                else:
                    self.untagged.append(shown)

    def role(self, element: Dictionary) -> str:
        name = str(element.S)
        return self.roles.get(name, name).lstrip("/")

    def elements(self, *roles: str, inside: Dictionary | None = None) -> Iterator[Dictionary]:
        """All elements of these roles in reading order."""
        for child in _children(inside or self.root):
            if isinstance(child, Dictionary) and "/S" in child:
                if self.role(child) in roles:
                    yield child
                yield from self.elements(*roles, inside=child)

    def words(self, element: Dictionary) -> str:
        """The text of an element, see plain()."""
        return plain("".join(self._text.get(mark, "") for mark in self._marks(element, None)))

    def _marks(self, element: Dictionary, page: int | None) -> Iterator[tuple[int | None, int]]:
        page = self.pages[element.Pg.objgen] if "/Pg" in element else page
        for child in _children(element):
            if isinstance(child, int):
                yield page, child
            elif "/S" in child:
                yield from self._marks(child, page)
            elif "/MCID" in child:
                yield self.pages[child.Pg.objgen] if "/Pg" in child else page, int(child.MCID)

    def tables(self) -> list[list[list[str]]]:
        """The words of every cell."""
        return [
            [[self.words(cell) for cell in self.elements("TH", "TD", inside=row)] for row in self._rows(table)]
            for table in self.elements("Table")
        ]

    def _rows(self, table: Dictionary) -> Iterator[Dictionary]:
        return self.elements("TR", inside=table)

    def heads(self) -> list[set[str]]:
        """Of every table the roles of the cells in its first row."""
        first = [next(self._rows(table)) for table in self.elements("Table")]
        return [{self.role(cell) for cell in self.elements("TH", "TD", inside=row)} for row in first]


def _children(element: Dictionary) -> list:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, Array) else [kids]


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
