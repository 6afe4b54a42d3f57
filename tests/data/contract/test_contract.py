"""The contract: every rule rejects exactly what it should, and has a reason in Dutch."""

import datetime as dt
import re

import polars as pl
import pytest

from data import contract
from queries import INDICATOREN, VRAGEN
from tests.data.conftest import GELDIG, PEILDATUM, table

MORGEN = PEILDATUM + dt.timedelta(days=1)
DAG = dt.date(2022, 6, 1)


def gebroken_regels(naam: str, *afwijkingen: dict) -> list[set[str]]:
    """Per rejected row the rules it breaks, in delivered order."""
    frame = table(naam, *afwijkingen)
    for kolom in contract.OPTIONEEL.get(naam, ()):
        if kolom not in frame.columns:
            frame = frame.with_columns(pl.lit(None, dtype=contract.TABELLEN[naam].columns()[kolom].dtype).alias(kolom))
    _, fout = contract.op_peildatum(contract.TABELLEN[naam], PEILDATUM).filter(frame)
    regels = [regel for regel in fout.details().columns if regel not in frame.columns]
    return [{regel for regel in regels if rij[regel] == "invalid"} for rij in fout.details().to_dicts()]


@pytest.mark.parametrize("naam", contract.TABELLEN)
def test_valid_row_breaks_no_rule(naam):
    assert gebroken_regels(naam, {}) == []


@pytest.mark.parametrize("naam", contract.TABELLEN)
def test_every_column_without_null_in_the_contract_is_required(naam):
    for kolom, soort in contract.TABELLEN[naam].columns().items():
        if soort.nullable:
            # An empty optional value is no fault in itself; rules between columns have their own tests.
            assert all(f"{kolom}|nullability" not in regels for regels in gebroken_regels(naam, {kolom: None}))
        else:
            assert f"{kolom}|nullability" in gebroken_regels(naam, {kolom: None})[0]


# Which columns there are, which are keys, required or codes stands on the page for the steward too; see test_guide.py.
CODES = [
    (naam, kolom)
    for naam, schema in contract.TABELLEN.items()
    for kolom, soort in schema.columns().items()
    if "codes" in (soort.metadata or {})
]


@pytest.mark.parametrize(("naam", "kolom"), CODES)
def test_codes_are_exact_strings(naam, kolom):
    codes = contract.TABELLEN[naam].columns()[kolom].metadata["codes"]
    regel = f"{kolom}|check__code"
    assert all(regel not in regels for regels in gebroken_regels(naam, *({kolom: code} for code in codes)))
    fout = ["", " ", codes[0] + " ", " " + codes[0], codes[0].swapcase(), "iets anders"]
    assert [regel in regels for regels in gebroken_regels(naam, *({kolom: code} for code in fout))] == [True] * 6


DATUMS = [
    (naam, kolom)
    for naam, schema in contract.TABELLEN.items()
    for kolom, soort in schema.columns().items()
    if soort.dtype == pl.Date
]


@pytest.mark.parametrize(("naam", "kolom"), DATUMS)
def test_dates_lie_between_1990_and_the_peildatum_and_only_datum_gepland_later(naam, kolom):
    def breekt(dag: dt.date) -> set[str]:
        regels = set().union(*gebroken_regels(naam, {kolom: dag}))
        return {regel for regel in regels if regel.startswith(f"{kolom}|")}

    assert breekt(dt.date(1990, 1, 1)) == set()
    assert breekt(dt.date(1989, 12, 31)) == {f"{kolom}|min"}
    assert breekt(PEILDATUM) == set()
    assert breekt(MORGEN) == (set() if kolom == "datum_gepland" else {f"{kolom}|max"})


@pytest.mark.parametrize(
    ("waarde", "goed"),
    [
        ("abcd-_09", True),
        ("A" * 64, True),
        ("A" * 65, False),
        ("abcdefg", False),
        ("abcd efgh", False),
        ("abcdefgé", False),
        ("abcdefgh\n", False),
        ("", False),
    ],
)
def test_pseudonym_is_8_to_64_characters_of_its_alphabet(waarde, goed):
    gevonden = gebroken_regels("inburgeraar", {"inburgeraar_id": waarde})
    assert gevonden == ([] if goed else [{"inburgeraar_id|regex"}])


@pytest.mark.parametrize(
    ("naam", "afwijking", "regels"),
    [
        ("inburgeraar", {"wijkcode": "WK039299"}, None),
        ("inburgeraar", {"wijkcode": "WK03920"}, {"wijkcode|regex"}),
        ("inburgeraar", {"wijkcode": "wk039201"}, {"wijkcode|regex"}),
        ("inburgeraar", {"wijkcode": "WK0392011"}, {"wijkcode|regex"}),
        ("inburgeraar", {"wijkcode": ""}, {"wijkcode|regex"}),
        ("inburgeraar", {"datum_uitstroom": DAG}, {"uitstroom_met_reden"}),
        ("inburgeraar", {"reden_uitstroom": "Overlijden"}, {"reden_uitstroom_met_datum"}),
        ("inburgeraar", {"datum_uitstroom": DAG, "reden_uitstroom": "Overlijden"}, None),
        ("pip", {"gemeentecode": "392"}, {"gemeentecode|regex"}),
        ("pip", {"gemeentecode": "03922"}, {"gemeentecode|regex"}),
        ("pip", {"gemeentecode": "0363"}, None),
        ("pip", {"leerroute": "O", "niveau": "A2"}, {"onderwijsroute_niet_op_a2"}),
        ("pip", {"leerroute": "O", "niveau": "B1"}, None),
        ("pip", {"leerroute": "O", "niveau": None}, None),
        ("pip", {"leerroute": "Z", "niveau": "B1"}, {"zelfredzaamheidsroute_niet_op_b1"}),
        ("pip", {"leerroute": "Z", "niveau": "A2"}, None),
        ("pip", {"leerroute": "B", "niveau": "B1"}, None),
        ("pip", {"leerroute": "B", "niveau": "A2"}, {"eerste_pip_b_niet_op_a2"}),
        ("begeleiding", {"datum_einde": DAG}, {"einde_met_reden"}),
        ("begeleiding", {"reden_einde": "Afgerond"}, {"reden_einde_met_datum"}),
        ("begeleiding", {"datum_einde": DAG, "reden_einde": "Afgerond"}, None),
        (
            "begeleiding",
            {"datum_start": DAG, "datum_einde": DAG - dt.timedelta(1), "reden_einde": "Overig"},
            {"einde_niet_voor_start"},
        ),
        ("begeleiding", {"datum_start": DAG, "datum_einde": DAG, "reden_einde": "Overig"}, None),
        ("uitkering", {"datum_start": DAG, "datum_einde": DAG - dt.timedelta(1)}, {"einde_niet_voor_start"}),
        ("uitkering", {"datum_start": DAG, "datum_einde": DAG}, None),
        ("ontzorging", {"datum_start": None}, {"niet_gestart_met_reden"}),
        ("ontzorging", {"datum_start": None, "reden_niet_gestart": "Wachtlijst"}, None),
        ("ontzorging", {"reden_niet_gestart": "Wachtlijst"}, {"gestart_zonder_reden_niet_gestart"}),
        (
            "ontzorging",
            {
                "datum_start": None,
                "reden_niet_gestart": "Overig",
                "datum_einde": DAG,
                "reden_einde": "Overig",
            },
            {"einde_met_start"},
        ),
        (
            "ontzorging",
            {"datum_start": DAG, "datum_einde": DAG - dt.timedelta(1), "reden_einde": "Overig"},
            {"einde_niet_voor_start"},
        ),
        ("ontzorging", {"datum_einde": DAG}, {"einde_met_reden"}),
        ("ontzorging", {"reden_einde": "Overig"}, {"reden_einde_met_datum"}),
        ("ontzorging", {"gesprekken_budgetcoach": -1}, {"gesprekken_budgetcoach|min"}),
        ("overdracht", {"wijkteam": "Onbekend"}, {"wijkteam_bekend"}),
        ("overdracht", {"wijkteam": "Centrum "}, {"wijkteam_bekend"}),
        ("overdracht", {"status": "Afgerond", "vorm": "Driegesprek"}, {"afgerond_met_datum"}),
        ("overdracht", {"status": "Afgerond", "datum_overdracht": DAG}, {"afgerond_met_vorm"}),
        ("overdracht", {"status": "Afgerond", "datum_overdracht": DAG, "vorm": "Kennismaking"}, None),
        ("overdracht", {"datum_overdracht": DAG}, {"datum_overdracht_alleen_afgerond"}),
        ("overdracht", {"vorm": "Kennismaking"}, {"vorm_alleen_afgerond"}),
        ("melding", {"melding_id": " "}, {"melding_id|check__gevuld"}),
        ("melding", {"wijkteam": "Haarlem"}, {"wijkteam_bekend"}),
        ("melding", {"statushouder": True, "begeleidingsregime": "12 maanden"}, None),
        ("melding", {"statushouder": True}, None),
        (
            "melding",
            {"statushouder": False, "begeleidingsregime": "12 maanden"},
            {"regime_alleen_statushouder"},
        ),
        (
            "melding",
            {"statushouder": None, "begeleidingsregime": "12 maanden"},
            {"regime_alleen_statushouder"},
        ),
    ],
)
def test_rules_within_a_row(naam, afwijking, regels):
    # A second, valid row with a key of its own stays.
    andere = {contract.TABELLEN[naam].primary_key()[0]: "iemand-anders"}
    assert gebroken_regels(naam, afwijking, andere) == ([] if regels is None else [regels])


def test_b1_route_on_a2_is_allowed_after_a_first_pip():
    eerste = {"dagtekening_pip": DAG, "leerroute": "B"}
    later = {"dagtekening_pip": DAG + dt.timedelta(1), "leerroute": "B", "niveau": "A2"}
    assert gebroken_regels("pip", later, eerste) == []


def test_first_pip_is_judged_on_all_delivered_pips_rejected_ones_included():
    afgekeurd = {"dagtekening_pip": DAG, "leerroute": "O", "niveau": "A2"}
    later = {"dagtekening_pip": DAG + dt.timedelta(1), "leerroute": "B", "niveau": "A2"}
    assert gebroken_regels("pip", later, afgekeurd) == [{"onderwijsroute_niet_op_a2"}]


def test_first_pip_is_judged_per_person():
    eerste = {"inburgeraar_id": "persoon-002", "dagtekening_pip": DAG}
    ander = {"dagtekening_pip": DAG + dt.timedelta(1), "leerroute": "B", "niveau": "A2"}
    assert gebroken_regels("pip", eerste, ander) == [{"eerste_pip_b_niet_op_a2"}]


def test_rows_of_unknown_persons_leave_the_collection_and_melding_stands_apart():
    frames = {naam: table(naam, {}) for naam in contract.TABELLEN}
    frames["pip"] = table("pip", {}, {"inburgeraar_id": "onbekende-1"})
    frames["melding"] = table("melding", {"statushouder": None, "begeleidingsregime": None})
    goed, fout = contract.Levering.filter(frames)
    assert fout["pip"].counts() == {"inburgeraar_bekend": 1}
    assert {naam: frame.collect().height for naam, frame in goed.to_dict().items()} == dict.fromkeys(
        contract.TABELLEN, 1
    )


@pytest.mark.parametrize("naam", contract.TABELLEN)
def test_every_rule_has_a_reason_and_columns_come_before_rules_between_columns(naam):
    schema = contract.op_peildatum(contract.TABELLEN[naam], PEILDATUM)
    _, fout = schema.filter(schema.create_empty())
    regels = set(fout.details().columns) - set(schema.column_names()) - {"primary_key"}
    redenen = contract.redenen(schema)
    assert regels <= set(redenen)
    eigen = [regel.split("|")[0] for regel in redenen if "|" in regel]
    assert list(dict.fromkeys(eigen)) == [kolom for kolom in schema.column_names() if kolom in eigen]
    assert ["|" in regel for regel in redenen] == sorted(("|" in regel for regel in redenen), reverse=True)
    assert list(redenen)[-1] == "inburgeraar_bekend"


def test_reasons_of_one_table_differ():
    for schema in contract.TABELLEN.values():
        teksten = contract.redenen(contract.op_peildatum(schema, PEILDATUM))
        # An empty and a blank melding_id are the same fault to the steward.
        assert len(set(teksten.values())) == len(teksten) - ("melding_id|check__gevuld" in teksten)


def test_every_column_and_table_is_described_for_the_documentation():
    for schemas in (contract.TABELLEN, contract.REFERENTIES):
        for schema in schemas.values():
            assert all(soort.description for soort in schema.columns().values())
    assert list(contract.OMSCHRIJVINGEN) == list(contract.TABELLEN)


def test_peildatum_leaves_the_schema_itself_alone_and_keeps_columns_in_order():
    begrensd = contract.op_peildatum(contract.Overdracht, PEILDATUM)
    assert begrensd.column_names() == contract.Overdracht.column_names()
    assert begrensd.primary_key() == contract.Overdracht.primary_key()
    assert contract.Overdracht.columns()["datum_overdracht"].max is None
    assert begrensd.columns()["datum_overdracht"].max == PEILDATUM


def test_contract_columns_are_no_more_than_the_base_row_knows():
    for naam, schema in contract.TABELLEN.items():
        assert schema.column_names() == [*GELDIG[naam], *contract.OPTIONEEL.get(naam, ())]


# --- reference tables


@pytest.mark.parametrize("naam", contract.REFERENTIES)
def test_reference_tables_that_ship_are_valid(naam):
    assert contract.referentie(naam).height > 0


def test_wijken_stand_in_the_order_of_the_city():
    wijk = contract.referentie("wijk")
    assert wijk["stadsdeel"].unique(maintain_order=True).to_list() == [
        "Centrum",
        "Zuid-West",
        "Oost",
        "Noord",
        "Schalkwijk",
    ]
    assert wijk["wijkcode"].to_list() == [f"WK0392{nummer:02d}" for nummer in range(1, 22)]
    assert contract.wijkteams() == (
        "Centrum",
        "Zuid-West",
        "Oost",
        "Indischewijk-Te Zaanen",
        "Delftwijk-Vondelkwartier",
        "Europawijk-Molenwijk",
        "Boerhaavewijk",
        "Meerwijk",
    )


def test_every_wijk_has_a_wijkteam():
    assert set(contract.referentie("wijkteam")["wijkcode"]) == set(contract.referentie("wijk")["wijkcode"])


def test_landelijk_holds_the_published_figures_only():
    frame = contract.referentie("landelijk")
    assert frame.select("indicator", "cohort", "stand", "teller", "noemer", "waarde").rows() == [
        ("intake_gestart", 2022, dt.date(2022, 12, 31), 6700, 19000, 0.35),
        ("intake_gestart", 2022, dt.date(2022, 12, 31), 4100, 7400, 0.55),
        ("intake_gestart", 2022, dt.date(2023, 12, 31), 16600, 18900, 0.88),
        ("intake_gestart", 2022, dt.date(2023, 12, 31), 6600, 7300, 0.9),
    ]
    assert (frame["teller"] / frame["noemer"] - frame["waarde"]).abs().max() < 0.006


def test_events_name_indicators_and_questions_that_exist():
    namen = set(INDICATOREN) | set(VRAGEN)
    genoemd = " ".join(contract.referentie("gebeurtenis")["indicatoren"]).split()
    assert set(genoemd) <= namen


def areas(*rijen: tuple) -> pl.DataFrame:
    return pl.DataFrame(
        rijen,
        schema={"wijkcode": pl.String, "wijkteam": pl.String, "geldig_van": pl.Date, "geldig_tot": pl.Date},
        orient="row",
    )


WIJK = pl.DataFrame(
    {
        "wijkcode": ["WK000001", "WK000002"],
        "wijk": ["Een", "Twee"],
        "stadsdeel": ["Noord", "Zuid"],
    }
)


def test_wijkteam_in_two_stadsdelen_is_refused():
    with pytest.raises(contract.ReferentieError, match="meer dan één stadsdeel"):
        contract.controleer_gebieden(WIJK, areas(("WK000001", "Team", None, None), ("WK000002", "Team", None, None)))
    contract.controleer_gebieden(WIJK, areas(("WK000001", "Team", None, None), ("WK000002", "T2", None, None)))


def test_wijkteam_of_an_unknown_wijk_is_refused():
    with pytest.raises(contract.ReferentieError, match="WK000009"):
        contract.controleer_gebieden(WIJK, areas(("WK000009", "Team", None, None)))


GRENS = dt.date(2023, 1, 1)


@pytest.mark.parametrize(
    ("eerste", "tweede", "goed"),
    [
        ((None, GRENS), (GRENS, None), True),
        ((GRENS, None), (None, GRENS), True),
        ((None, GRENS + dt.timedelta(1)), (GRENS, None), False),
        ((None, None), (GRENS, None), False),
        ((None, None), (None, None), False),
    ],
)
def test_a_wijk_has_one_wijkteam_at_a_time(eerste, tweede, goed):
    frame = areas(("WK000001", "Oud", *eerste), ("WK000001", "Nieuw", *tweede))
    if goed:
        contract.controleer_gebieden(WIJK, frame)
    else:
        with pytest.raises(contract.ReferentieError, match="twee wijkteams tegelijk"):
            contract.controleer_gebieden(WIJK, frame)


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("toezegging", "nummer,datum\n", "de kolommen moeten zijn"),
        ("wijk", "wijkcode,wijk,stadsdeel\nWK1,Een,Noord\n", "klopt niet"),
        ("wijk", "wijkcode,wijk,stadsdeel\nWK000001,Een,Onbekend\n", "klopt niet"),
        (
            "gebeurtenis",
            "datum_van,datum_tot,titel,toelichting,bron,indicatoren\n1-1-2022,,a,b,c,d\n",
            "klopt niet",
        ),
        ("landelijk", "", "kan niet worden gelezen"),
    ],
)
def test_broken_reference_table_is_refused_in_dutch(monkeypatch, tmp_path, naam, inhoud, melding):
    (tmp_path / f"{naam}.csv").write_text(inhoud, encoding="utf-8")
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    with pytest.raises(contract.ReferentieError, match=re.escape(f"{naam}.csv: ")) as fout:
        contract.referentie(naam)
    assert melding in str(fout.value)


def test_missing_reference_table_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    with pytest.raises(contract.ReferentieError, match=r"wijk\.csv"):
        contract.referentie("wijk")


def test_every_reference_table_states_its_source():
    uitleg = (contract.REFERENTIE_MAP / "README.md").read_text(encoding="utf-8")
    assert [naam for naam in contract.REFERENTIES if f"## {naam}\n" in uitleg] == list(contract.REFERENTIES)
