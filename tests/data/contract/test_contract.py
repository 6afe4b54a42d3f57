"""The contract: every rule rejects exactly what it should, and has a reason in Dutch."""

import contextlib
import datetime as dt
import re

import polars as pl
import pytest

from data import contract
from data.contract import reference
from data.contract.reference import GEDEELD
from data.intake import report
from queries import INDICATOREN, VRAGEN
from tests.data.conftest import GELDIG, PEILDATUM, table

DAG = dt.date(2022, 6, 1)
ERVOOR, ERNA = DAG - dt.timedelta(1), DAG + dt.timedelta(1)
COLUMNS = [
    (naam, kolom, soort) for naam, schema in contract.TABELLEN.items() for kolom, soort in schema.columns().items()
]


def gebroken_regels(naam: str, *afwijkingen: dict) -> list[set[str]]:
    """Per rejected row the rules it breaks, in delivered order."""
    zonder = dict.fromkeys(contract.OPTIONEEL.get(naam, ()))
    frame = table(naam, *(zonder | afwijking for afwijking in afwijkingen))
    _, fout = contract.op_peildatum(contract.TABELLEN[naam], PEILDATUM).filter(frame)
    regels = [regel for regel in fout.details().columns if regel not in frame.columns]
    return [{regel for regel in regels if rij[regel] == "invalid"} for rij in fout.details().to_dicts()]


@pytest.mark.parametrize(("naam", "kolom", "soort"), COLUMNS)
def test_column_refuses_what_is_empty_no_code_or_outside_its_dates(naam, kolom, soort):
    """Which columns there are and what each may hold stands on the page for the steward; see test_guide.py."""

    def breekt(waarde: object) -> set[str]:
        return {regel for regels in gebroken_regels(naam, {kolom: waarde}) for regel in regels if f"{kolom}|" in regel}

    assert breekt(GELDIG[naam].get(kolom)) == set()
    assert breekt(None) == (set() if soort.nullable else {f"{kolom}|nullability"})
    if codes := (soort.metadata or {}).get("codes"):
        assert set().union(*map(breekt, codes)) == set()
        for fout in ("", " ", codes[0] + " ", " " + codes[0], codes[0].swapcase(), "iets anders"):
            assert breekt(fout) == {f"{kolom}|check__code"}
    if soort.dtype == pl.Date:
        assert breekt(dt.date(1990, 1, 1)) == breekt(PEILDATUM) == set()
        assert breekt(dt.date(1989, 12, 31)) == {f"{kolom}|min"}
        later = set() if kolom == "datum_gepland" else {f"{kolom}|max"}
        assert breekt(PEILDATUM + dt.timedelta(1)) == later


# A pseudonym is 8 to 64 characters of its alphabet.
GEEN_PSEUDONIEM = ("A" * 65, "abcdefg", "abcd efgh", "abcdefgé", "abcdefgh\n", "")
REGIME = {"begeleidingsregime": "12 maanden"}
AFGEROND = {"status": "Afgerond", "datum_overdracht": DAG, "vorm": "Kennismaking"}
NIET_GESTART = {"datum_start": None, "reden_niet_gestart": "Overig"}
GEEINDIGD = {"datum_start": DAG, "datum_einde": DAG, "reden_einde": "Overig"}


@pytest.mark.parametrize(
    ("naam", "afwijking", "regel"),
    [
        *(("inburgeraar", {"inburgeraar_id": goed}, None) for goed in ("abcd-_09", "A" * 64)),
        *(("inburgeraar", {"inburgeraar_id": fout}, "inburgeraar_id|regex") for fout in GEEN_PSEUDONIEM),
        ("inburgeraar", {"wijkcode": "WK039299"}, None),
        *(("inburgeraar", {"wijkcode": fout}, "wijkcode|regex") for fout in ("WK03920", "wk039201", "WK0392011", "")),
        ("inburgeraar", {"datum_uitstroom": DAG}, "uitstroom_met_reden"),
        ("inburgeraar", {"reden_uitstroom": "Overlijden"}, "reden_uitstroom_met_datum"),
        ("inburgeraar", {"datum_uitstroom": DAG, "reden_uitstroom": "Overlijden"}, None),
        *(("pip", {"gemeentecode": fout}, "gemeentecode|regex") for fout in ("392", "03922")),
        ("pip", {"gemeentecode": "0363"}, None),
        ("pip", {"leerroute": "O", "niveau": "A2"}, "onderwijsroute_niet_op_a2"),
        *(("pip", {"leerroute": "O", "niveau": niveau}, None) for niveau in ("B1", None)),
        ("pip", {"leerroute": "Z", "niveau": "B1"}, "zelfredzaamheidsroute_niet_op_b1"),
        ("pip", {"leerroute": "Z", "niveau": "A2"}, None),
        ("pip", {"leerroute": "B", "niveau": "B1"}, None),
        ("pip", {"leerroute": "B", "niveau": "A2"}, "eerste_pip_b_niet_op_a2"),
        ("begeleiding", {"datum_einde": DAG}, "einde_met_reden"),
        ("begeleiding", {"reden_einde": "Afgerond"}, "reden_einde_met_datum"),
        ("begeleiding", GEEINDIGD, None),
        ("begeleiding", GEEINDIGD | {"datum_einde": ERVOOR}, "einde_niet_voor_start"),
        ("uitkering", {"datum_start": DAG, "datum_einde": ERVOOR}, "einde_niet_voor_start"),
        ("uitkering", {"datum_start": DAG, "datum_einde": DAG}, None),
        ("ontzorging", {"datum_start": None}, "niet_gestart_met_reden"),
        ("ontzorging", NIET_GESTART, None),
        ("ontzorging", {"reden_niet_gestart": "Wachtlijst"}, "gestart_zonder_reden_niet_gestart"),
        ("ontzorging", NIET_GESTART | {"datum_einde": DAG, "reden_einde": "Overig"}, "einde_met_start"),
        ("ontzorging", GEEINDIGD | {"datum_einde": ERVOOR}, "einde_niet_voor_start"),
        ("ontzorging", {"datum_einde": DAG}, "einde_met_reden"),
        ("ontzorging", {"reden_einde": "Overig"}, "reden_einde_met_datum"),
        ("ontzorging", {"gesprekken_budgetcoach": -1}, "gesprekken_budgetcoach|min"),
        *(("overdracht", {"wijkteam": fout}, "wijkteam_bekend") for fout in ("Onbekend", "Centrum ")),
        ("overdracht", AFGEROND, None),
        ("overdracht", AFGEROND | {"datum_overdracht": None}, "afgerond_met_datum"),
        ("overdracht", AFGEROND | {"vorm": None}, "afgerond_met_vorm"),
        ("overdracht", {"datum_overdracht": DAG}, "datum_overdracht_alleen_afgerond"),
        ("overdracht", {"vorm": "Kennismaking"}, "vorm_alleen_afgerond"),
        ("melding", {"melding_id": " "}, "melding_id|check__gevuld"),
        ("melding", {"wijkteam": "Haarlem"}, "wijkteam_bekend"),
        *(("melding", {"statushouder": True, "begeleidingsregime": regime}, None) for regime in ("12 maanden", None)),
        *(("melding", REGIME | {"statushouder": niet}, "regime_alleen_statushouder") for niet in (False, None)),
    ],
)
def test_rules_within_a_row(naam, afwijking, regel):
    # A second, valid row with a key of its own stays.
    andere = {contract.TABELLEN[naam].primary_key()[0]: "iemand-anders"}
    assert gebroken_regels(naam, afwijking, andere) == ([] if regel is None else [{regel}])


OP_A2 = {"dagtekening_pip": ERNA, "leerroute": "B", "niveau": "A2"}


@pytest.mark.parametrize(
    ("eerder", "regels"),
    [
        ({"leerroute": "B"}, []),
        # All delivered PIPs count, rejected ones included, of the same person alone.
        ({"leerroute": "O", "niveau": "A2"}, [{"onderwijsroute_niet_op_a2"}]),
        ({"inburgeraar_id": "persoon-002"}, [{"eerste_pip_b_niet_op_a2"}]),
    ],
)
def test_b1_route_on_a2_is_allowed_after_a_first_pip(eerder, regels):
    assert gebroken_regels("pip", OP_A2, {"dagtekening_pip": DAG} | eerder) == regels


@pytest.mark.parametrize("naam", contract.TABELLEN)
def test_every_rule_has_a_reason_of_its_own_and_columns_come_before_rules_between_columns(naam):
    schema = contract.op_peildatum(contract.TABELLEN[naam], PEILDATUM)
    assert schema.column_names() == contract.TABELLEN[naam].column_names()
    (_, fout), redenen = schema.filter(schema.create_empty()), contract.redenen(schema)
    assert set(fout.details().columns) - set(schema.column_names()) - {"primary_key"} <= set(redenen)
    assert ["|" in regel for regel in redenen] == sorted(("|" in regel for regel in redenen), reverse=True)
    assert all(report.column_of(naam, reden) == regel.split("|")[0] for regel, reden in redenen.items() if "|" in regel)
    assert all(report.column_of(naam, redenen[regel]) for regel in fout.details().columns if regel in redenen)
    assert list(redenen)[-1] == "inburgeraar_bekend"
    # An empty and a blank melding_id are the same fault to the steward.
    assert len(set(redenen.values())) == len(redenen) - ("melding_id|check__gevuld" in redenen)


# --- reference tables


@pytest.mark.parametrize(("naam", "schema"), contract.REFERENTIES.items())
def test_reference_tables_that_ship_are_valid_described_and_state_their_source(naam, schema):
    # What the college says is written by the municipality itself.
    assert (contract.referentie(naam).height > 0) == (naam != "duiding")
    assert all(soort.description for soort in schema.columns().values())
    assert f"## {naam}\n" in (GEDEELD / "README.md").read_text(encoding="utf-8")


def test_wijken_stand_in_the_order_of_the_city_and_each_has_a_wijkteam():
    wijk = contract.referentie("wijk")
    stadsdelen = ["Centrum", "Zuid-West", "Oost", "Noord", "Schalkwijk"]
    assert wijk["stadsdeel"].unique(maintain_order=True).to_list() == stadsdelen
    assert wijk["wijkcode"].to_list() == [f"WK0392{nummer:02d}" for nummer in range(1, 22)]
    assert set(contract.referentie("wijkteam")["wijkcode"]) == set(wijk["wijkcode"])
    assert ", ".join(contract.wijkteams()) == (
        "Centrum, Zuid-West, Oost, Indischewijk-Te Zaanen, Delftwijk-Vondelkwartier, Europawijk-Molenwijk, "
        "Boerhaavewijk, Meerwijk"
    )


def test_events_and_national_figures_name_indicators_and_questions_that_exist():
    genoemd = {*" ".join(contract.referentie("gebeurtenis")["indicatoren"]).split()}
    assert genoemd | {*contract.referentie("landelijk")["indicator"]} <= set(INDICATOREN) | set(VRAGEN)


EEN, TWEE = "WK000001", "WK000002"
GRENS = dt.date(2023, 1, 1)


@pytest.mark.parametrize(
    ("rijen", "melding"),
    [
        ([(EEN, "Team", None, None), (TWEE, "Anders", None, None)], None),
        ([(EEN, "Team", None, None), (TWEE, "Team", None, None)], "wijkteam Team ligt in meer dan één stadsdeel"),
        ([("WK000009", "Team", None, None)], "WK000009"),
        ([(EEN, "Nieuw", GRENS, None), (EEN, "Oud", None, GRENS)], None),
        ([(EEN, "Oud", None, GRENS + dt.timedelta(1)), (EEN, "Nieuw", GRENS, None)], "twee wijkteams tegelijk"),
        ([(EEN, "Oud", None, None), (EEN, "Nieuw", None, None)], "twee wijkteams tegelijk"),
    ],
)
def test_a_wijkteam_lies_in_one_stadsdeel_and_a_wijk_has_one_at_a_time(rijen, melding):
    wijk = pl.DataFrame({"wijkcode": [EEN, TWEE], "wijk": ["Een", "Twee"], "stadsdeel": ["Noord", "Zuid"]})
    soorten = {"wijkcode": pl.String, "wijkteam": pl.String, "geldig_van": pl.Date, "geldig_tot": pl.Date}
    frame = pl.DataFrame(rijen, schema=soorten, orient="row")
    with pytest.raises(contract.ReferentieError, match=melding) if melding else contextlib.nullcontext():
        reference.controleer_gebieden(wijk, frame)


LANDELIJK = {
    "indicator": "zonder_pip", "doelgroep": "Asielstatushouder", "cohort": "2022", "stand": "2022-12-31",
    "soort": "ondergrens", "teller": "", "noemer": "19000", "waarde": "0.7", "versie": "voorlopig",
    "gepubliceerd_op": "", "bron": "CBS", "url": "",
}  # fmt: skip
KENNIS = {"stap": "PIP", "vraag": "Wie?", "stand": "niet voor", "jaar": "2025", "waarom": "Daarom."}


def rows_of(first, *others):
    """The text of a reference table: its first row, and others that differ from it as given."""
    lines = [",".join(first), *(",".join((first | other).values()) for other in ({}, *others))]
    return "\n".join(lines) + "\n"


def national(**second):
    return rows_of(LANDELIJK, {"cohort": "2023"} | second)


def said(*lines):
    """Rows of what the college says."""
    return "\n".join(["indicator,gebied,peildatum,tekst,maatregel,eigenaar", *lines, ""])


def known(**second):
    return rows_of(KENNIS, {"vraag": "Wat?"} | second)


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("toezegging", "nummer,datum\n", ": de kolommen moeten zijn"),
        ("wijk", "wijkcode,wijk,stadsdeel\nWK1,Een,Noord\n", ", regel 2: wijkcode klopt niet."),
        ("wijk", "wijkcode,wijk,stadsdeel\nWK000001,Een,Onbekend\n", ", regel 2: stadsdeel klopt niet."),
        (
            "gebeurtenis",
            "datum_van,datum_tot,titel,toelichting,bron,indicatoren\n1-1-2022,,a,b,c,d\n",
            ", regel 2: datum_van is geen datum (JJJJ-MM-DD).",
        ),
        ("landelijk", "", ": de referentietabel is leeg of niet te lezen."),
        (
            "landelijk",
            national(soort="ongeveer"),
            ", regel 3: soort heeft een onbekende waarde; toegestaan: getal, ondergrens, bovengrens.",
        ),
        (
            "landelijk",
            national(versie="concept"),
            ", regel 3: versie heeft een onbekende waarde; toegestaan: voorlopig, definitief, herzien.",
        ),
        ("landelijk", national(gepubliceerd_op="april 2024"), ", regel 3: gepubliceerd_op is geen datum (JJJJ-MM-DD)."),
        ("landelijk", national(gepubliceerd_op="2022-12-30"), ", regel 3: gepubliceerd_op ligt voor stand."),
        ("landelijk", national(url="cbs.nl"), ", regel 3: url klopt niet."),
        ("landelijk", national(waarde="70%"), ", regel 3: waarde is geen getal."),
        ("landelijk", national(waarde=""), ", regel 3: waarde is leeg."),
        (
            "landelijk",
            national(cohort="2022"),
            ", regel 2: indicator, doelgroep, cohort, stand komt vaker voor.",
        ),
        ("landelijk", national(gepubliceerd_op="2024-04-01", url="https://cbs.nl/swi"), ""),
        (
            "kennis",
            known(stand="ooit"),
            ", regel 3: stand heeft een onbekende waarde; toegestaan: beschikbaar, in voorbereiding, niet "
            "geregistreerd, niet voor.",
        ),
        ("duiding", said("pip_tijdig,,31-12-2022,Tekst,,"), ", regel 2: peildatum is geen datum (JJJJ-MM-DD)."),
        ("duiding", said("pip_tijdig,,2022-12-31,,,"), ", regel 2: tekst is leeg."),
        (
            "duiding",
            said("pip_tijdig,,2022-12-31,Een,,", "pip_tijdig,,2022-12-31,Twee,,"),
            ", regel 2: over dit cijfer staat er van deze peildatum al een tekst.",
        ),
        ("kennis", known(jaar=""), ", regel 3: jaar is leeg terwijl stand ‘niet voor’ is."),
        ("kennis", known(stand="beschikbaar"), ", regel 3: jaar gevuld terwijl stand niet ‘niet voor’ is."),
        ("wijk", None, ": de referentietabel kan niet worden gelezen."),
    ],
)
def test_broken_or_missing_reference_table_is_refused_in_dutch_with_its_line(
    monkeypatch, tmp_path, naam, inhoud, melding
):
    if inhoud is not None:
        (tmp_path / f"{naam}.csv").write_text(inhoud, encoding="utf-8")
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    if not melding:
        assert contract.referentie(naam).height == 2
        return
    with pytest.raises(contract.ReferentieError, match=re.escape(f"{naam}.csv{melding}")):
        contract.referentie(naam)
