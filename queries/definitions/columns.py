"""What kind of figure a column holds: a count, a share, a duration; the other columns say what a row is about."""

from queries.definitions.indicators import INDICATOREN, VRAGEN

# Counts of persons, periods or requests.
TELLINGEN = frozenset(
    [
        *("teller", "noemer", "eerder_teller", "eerder_noemer", "rest_teller", "rest_noemer", "aantal"),
        *(
            "periodes",
            "beeindigd",
            "lopend",
            "gestart",
            "over_norm_teller",
            "over_norm_noemer",
            "personen",
            "meldingen",
        ),
        *("populatie", "overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken"),
        *("driegesprek", "open_0_30", "open_31_90", "open_90_plus"),
        *("in_risico", "gebeurtenissen", "gecensureerd", "soorten"),
    ]
)
# What follows from counts: shares, differences and ratios of them, and their intervals.
AANDELEN = frozenset(
    [
        *("waarde", "ci_laag", "ci_hoog", "eerder_waarde", "rest_waarde", "verschil", "overleving"),
        *("diversiteit", "verhouding", "per_100_24", "per_100_12"),
    ]
)
# Kaplan-Meier quantiles.
DUREN = frozenset(["p25_maanden", "mediaan_maanden", "p75_maanden", "mediaan_dagen"])
# Days of single records: the first and the last of a group.
DAGEN = frozenset({"gehuisvest_van", "gehuisvest_tot"})

FIGUREN = TELLINGEN | AANDELEN | DUREN | DAGEN

# What a column of a question may say of a figure beside it, see queries.shown.
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
