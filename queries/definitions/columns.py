"""What kind of figure a column holds: a count, a share, a duration, a day; see ``columns.toml``."""

from queries.definitions.indicators import INDICATOREN, VRAGEN, entries

TELLINGEN, AANDELEN, DUREN, DAGEN = map(frozenset, entries("columns.toml").values())
FIGUREN = TELLINGEN | AANDELEN | DUREN | DAGEN

# What a column of a question may say of a figure beside it, see queries.shown; or words for a share (words.py).
EXACT, AFGEROND, BESCHERMD, WEGGELATEN = "exact", "afgerond", "beschermd", "weggelaten"


def weergave_van(kolom: str) -> str:
    """The name of the column that says how the figure in ``kolom`` is shown."""
    return f"{kolom}_weergave"


def tekst_van(kolom: str) -> str:
    """The name of the column that has the figure in ``kolom`` as it is written in a sentence."""
    return f"{kolom}_tekst"


def kort_van(kolom: str) -> str:
    """The name of the column that has the figure in ``kolom`` as it is written where there is little room."""
    return f"{kolom}_kort"


def beside(kolom: str) -> tuple[str, str, str]:
    """The names of the columns that ``queries.shown`` puts beside a figure."""
    return weergave_van(kolom), tekst_van(kolom), kort_van(kolom)


def figures(question: str) -> tuple[str, ...]:
    """The columns of a question that hold figures, in their order."""
    return tuple(kolom for kolom in VRAGEN[question].kolommen if kolom in FIGUREN)


def kind_of_waarde(indicator: str) -> frozenset[str]:
    """Which kind of column ``waarde`` is in the row of a KPI."""
    entry = INDICATOREN[indicator]
    return TELLINGEN if entry.eenheid == "aantal" else DUREN if entry.is_mediaan else AANDELEN
