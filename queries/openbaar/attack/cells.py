"""Which true count a published figure is of: the same records have one name, wherever they stand."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

import queries
from queries import INDICATOREN, WOORDEN
from queries.definitions.columns import FIGUREN, TELLINGEN, WEGGELATEN, weergave_van
from queries.openbaar.attack.puzzle import Cell, day_of
from queries.openbaar.rules import ALLE, LIJSTEN, REGELS, STAD, Selectie
from queries.openbaar.words import BEHIND

FEW = "minder dan 10"
# Counts that are of the records of another one.
_SAME = {(name, "noemer"): (entry.deel_van, "teller") for name, entry in INDICATOREN.items() if entry.deel_van}
# Columns that do not tell one row from another; of whom a row is, its selection tells.
_NO_KEY = FIGUREN | {
    *("norm_dagen", "stand", "oordeel", "voldaan", "drempel", "toelichting", "stadsdeel", "doelgroep"),
    *("landelijk_teller", "landelijk_noemer", "landelijk_waarde", "bron"),
}
# The counts in the sentences of evaluatie_meetbaarheid: part and whole; and in its column waarde: of which group.
_TOLD = {
    "statushouder_geregistreerd": ("met_statushouder", "alle"),
    "regime_geregistreerd": ("met_regime", "van_statushouders"),
    "verwijzer_bekend": ("met_verwijzer", "alle"),
}
_GROUPS = {"groep_24_maanden": WOORDEN["groep_toen"], "groep_12_maanden": WOORDEN["groep_nu"]}
_OUT_OF = re.compile(rf"^Bij ({FEW}|[\d.]+) van ({FEW}|[\d.]+) meldingen")


def out_of(sentence: str | None) -> tuple[int, int] | None:
    """The two rounded counts in a sentence of evaluatie_meetbaarheid: "Bij 230 van 250 meldingen …"."""
    found = _OUT_OF.match(sentence or "")
    return None if found is None else tuple(0 if text == FEW else int(text.replace(".", "")) for text in found.groups())


def cells(
    peildatum: date, question: str, selectie: Selectie, row: Mapping[str, object]
) -> Iterator[tuple[str, Cell, int | None]]:
    """The counts of a published row, by column, each under the one name of the records that it counts.

    With its rounded number, or None where it was left out of a series, in which a row tells something by being there;
    what was left out elsewhere is not named. The same records have one name wherever they stand: the row of a stadsdeel
    in the table of the city is the row of that stadsdeel's own table.
    """
    indicator, group = row.get("indicator"), _GROUPS.get(row.get("voorwaarde"))
    if question == BEHIND:
        for kolom in ("teller", "noemer", "rest"):
            yield kolom, Cell(peildatum, "kpi", selectie, (indicator,), kolom), row[kolom]
        return
    for number, name in zip(out_of(row.get("toelichting")) or (), _TOLD.get(row.get("voorwaarde"), ()), strict=False):
        of_whom = STAD if selectie.soort == "doelgroep" else selectie
        yield "toelichting", Cell(peildatum, "melding_totaal", of_whom, (name,), "aantal"), number
    for kolom in queries.VRAGEN[question].kolommen:
        of, name, other = question, kolom, row
        if (indicator, kolom) in _SAME:
            same, name = _SAME[indicator, kolom]
            other = {**row, "indicator": same}
        elif kolom == "waarde" and group:
            of, name, other = "evaluatie_meldingen", "personen", {"regime": group}
        elif kolom == "waarde" and question.startswith("kpi") and INDICATOREN[indicator].eenheid == "aantal":
            name = "teller"
        elif kolom not in TELLINGEN or kolom == "soorten":
            continue
        count = None if row[weergave_van(kolom)] == WEGGELATEN else int(row[kolom] or 0)
        if count is None and not REGELS[question].reeks:
            continue
        yield kolom, Cell(peildatum, *_name(day_of(peildatum), of, selectie, name, other)), count


@cache
def key_of(question: str) -> tuple[str, ...]:
    """The columns that tell one row from another."""
    return tuple(name for name in queries.VRAGEN[question].kolommen if name not in _NO_KEY)


def _name(day: date, question: str, selectie: Selectie, kolom: str, row: Mapping[str, object]) -> tuple:
    """The question, selection, row and column under which a count is known."""
    rij = tuple([row[name] for name in key_of(question)])
    for soort in ("stadsdeel", "doelgroep"):
        if row.get(soort, ALLE[soort]) not in (ALLE[soort], selectie.naam):
            selectie = Selectie(soort, row[soort])
    # Of whom a request is, is not registered for every request; so there are none of a doelgroep.
    if selectie.soort == "doelgroep" and (question.startswith("melding_") or kolom == "meldingen"):
        selectie = STAD
    match question, kolom:
        case "kpi_trend", _:
            # A later delivery looks back with what it knows then, so an earlier day belongs to its own publication.
            question, rij = ("kpi_trend", (*rij, row["stand"])) if row["stand"] != day else ("kpi", rij)
        case (("kpi_per_gebied" | "kpi_gebied_vergelijking"), _) if row["niveau"] == "wijkteam":
            question, rij = "kpi_team", (row["gebied"], row["indicator"])
        case (("kpi_per_gebied" | "kpi_gebied_vergelijking"), _):
            of = "kpi_rest" if kolom.startswith("rest_") else "kpi"
            question, selectie, rij = of, Selectie("stadsdeel", row["gebied"]), (row["indicator"],)
            kolom = kolom.removeprefix("rest_")
        case "kpi_verandering", _:
            question = "kpi_eerder" if kolom.startswith("eerder_") else "kpi_instroom"
            rij, kolom = (row["indicator"], row["kwartaal"]), kolom.removeprefix("eerder_")
        case "evaluatie_regimes", "periodes":
            question = "begeleiding_duur"
        case "evaluatie_regimes", _ if rij == LIJSTEN["regime_toen"]:
            question = "evaluatie_meldingen"
        case "ontzorging_lasten", "gestart":
            question, rij, kolom = "kpi", ("ontzorging_gesprek",), "noemer"
        case "melding_per_maand", _:
            question, rij = "melding", (row["maand"], row["soort"], row["hulpvraag"])
        case "melding_diversiteit", _:
            question, kolom = "melding_traject", "noemer"
    return question, selectie, rij, kolom
