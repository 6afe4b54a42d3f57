"""Objections to a delivery as a whole: it is refused, `--toch` takes it in, and the manifest says so."""

import datetime as dt

import polars as pl
import pytest

from data import contract
from data.intake import report, steps
from data.snapshots import store
from data.snapshots.manifest import Manifest
from tests import command
from tests.data.conftest import PEILDATUM, contents_of, table

DAG = dt.timedelta(days=1)
AANTAL = 200


def rows(naam: str, aantal: int = AANTAL, anders: tuple[int, dict] = (0, {})) -> pl.DataFrame:
    """Valid rows of a table, one per person; the first so many are different."""
    sleutel = "melding_id" if naam == "melding" else "inburgeraar_id"
    hoeveel, afwijking = anders
    return table(
        naam,
        *({sleutel: f"nummer-{nr:03d}"} | (afwijking if nr <= hoeveel else {}) for nr in range(1, aantal + 1)),
    )


@pytest.fixture
def levering(make_delivery):
    """A delivery without any objection, whose youngest event is 31 days old, but for the given tables."""

    def maak(naam: str = "levering", jongste: dt.date = PEILDATUM - 31 * DAG, **anders: pl.DataFrame):
        tabellen = {tabelnaam: rows(tabelnaam) for tabelnaam in contract.TABELLEN}
        tabellen["melding"] = rows("melding", anders=(1, {"datum_melding": jongste}))
        return make_delivery(naam, **tabellen | anders)

    return maak


def refused(map_, root, peildatum=PEILDATUM) -> list[str]:
    """The objections for which a delivery is refused, and nothing has changed."""
    voor = contents_of(root) if root.exists() else {}
    with pytest.raises(steps.RefusedError) as fout:
        steps.take_in(map_, peildatum, root)
    with pytest.raises(steps.RefusedError, match="De levering kan zo niet kloppen"):
        steps.check(map_, peildatum, root)
    assert (contents_of(root) if root.exists() else {}) == voor
    eerste, *bezwaren, laatste = str(fout.value).split("\n")
    assert eerste == "De levering kan zo niet kloppen."
    assert "--toch" in laatste
    return [bezwaar.removeprefix("- ") for bezwaar in bezwaren]


def test_delivery_without_objection_is_taken_in_and_its_manifest_says_so(levering, tmp_path):
    uitslag = steps.take_in(levering(), PEILDATUM, tmp_path / "s")
    assert (uitslag.code, uitslag.manifest.toch) == (0, [])
    assert "toch" not in steps.told(uitslag)


def test_peildatum_more_than_31_days_after_the_youngest_event(levering, tmp_path):
    # A handover that is planned says nothing about how far the extracts go.
    map_ = levering(overdracht=rows("overdracht", anders=(1, {"datum_gepland": PEILDATUM})))
    assert refused(map_, tmp_path / "s", PEILDATUM + DAG) == [
        "De jongste gebeurtenis in de levering is van 2022-11-30, 32 dagen voor de peildatum 2023-01-01. "
        "Controleer de peildatum."
    ]


def test_peildatum_before_more_than_1_percent_of_the_rows_of_a_table(levering, tmp_path):
    morgen = {"dagtekening_pip": PEILDATUM + DAG}
    map_ = levering("drie", pip=rows("pip", anders=(3, morgen)))
    assert refused(map_, tmp_path / "s") == [
        "pip.parquet, tabel pip: 3 van de 200 rijen (1,5%) hebben een datum na de peildatum 2022-12-31. "
        "Controleer de peildatum."
    ]
    uitslag = steps.take_in(levering("twee", pip=rows("pip", anders=(2, morgen))), PEILDATUM, tmp_path / "s")
    assert (uitslag.code, uitslag.afgekeurd) == (1, 2)


def test_planned_date_may_lie_after_the_peildatum(levering, tmp_path):
    gepland = rows("overdracht", anders=(AANTAL, {"datum_gepland": PEILDATUM + 90 * DAG}))
    assert steps.take_in(levering(overdracht=gepland), PEILDATUM, tmp_path / "s").code == 0


def test_table_without_rows(levering, tmp_path):
    assert refused(levering(uitkering=rows("uitkering", 0)), tmp_path / "s") == [
        "uitkering.parquet, tabel uitkering: er staat geen enkele rij in."
    ]


def test_less_than_half_the_rows_of_the_delivery_before(levering, tmp_path):
    root = tmp_path / "s"
    eerder = PEILDATUM - 31 * DAG
    # In a quarter that was not over yet, so that they may go.
    nog_open = (AANTAL, {"datum_start": PEILDATUM - 60 * DAG})
    steps.take_in(levering("eerder", uitkering=rows("uitkering", anders=nog_open)), eerder, root)
    assert refused(levering("minder", uitkering=rows("uitkering", 99, nog_open)), root) == [
        "uitkering.parquet, tabel uitkering: 99 rijen, minder dan de helft van de 200 in de levering van 2022-11-30. "
        "Is de export volledig?"
    ]
    helft = steps.take_in(levering("helft", uitkering=rows("uitkering", 100, nog_open)), PEILDATUM, root)
    assert helft.manifest.tabellen["uitkering"].waarschuwingen[0].regel.startswith("50% minder rijen")


def renumbered(naam: str, hoeveel: int, **anders: object) -> pl.DataFrame:
    """The rows of a table with another key for the first so many."""
    sleutel = "melding_id" if naam == "melding" else "inburgeraar_id"
    nieuw = pl.when(pl.int_range(pl.len()) < hoeveel).then(pl.lit("anders-") + pl.col(sleutel)).otherwise(sleutel)
    return rows(naam, anders=(AANTAL, anders)).with_columns(nieuw.alias(sleutel))


# Of melding one row is of a quarter that was not over.
@pytest.mark.parametrize(("naam", "aantal"), [("inburgeraar", AANTAL), ("pip", AANTAL), ("melding", AANTAL - 1)])
def test_other_keys_in_quarters_that_were_over(levering, tmp_path, naam, aantal):
    root, sleutel = tmp_path / "s", ", ".join(contract.TABELLEN[naam].primary_key())
    steps.take_in(levering("eerder"), PEILDATUM - 31 * DAG, root)
    anders = levering("anders", **{naam: renumbered(naam, AANTAL)})
    bezwaren = refused(anders, root)
    assert (
        f"{naam}.parquet, tabel {naam}: van de {aantal} rijen uit kwartalen die bij de levering van 2022-11-30 voorbij "
        f"waren, ontbreken er nu {aantal}. Is de sleutel ({sleutel}) van elke rij dezelfde gebleven?"
    ) in bezwaren
    assert steps.take_in(anders, PEILDATUM, root, toch=True).manifest.toch == bezwaren


def test_5_percent_of_the_keys_may_change_and_what_was_not_over_may_all(levering, tmp_path):
    root, eerder, recent = tmp_path / "s", PEILDATUM - 31 * DAG, {"datum_melding": PEILDATUM - 31 * DAG}
    steps.take_in(levering("eerder", pip=renumbered("pip", 0)), eerder, root)
    assert steps.take_in(levering("tien", pip=renumbered("pip", 10)), eerder, root).manifest.toch == []
    steps.take_in(levering("open", melding=renumbered("melding", 0, **recent)), eerder, root, toch=True)
    open_ = levering("anders", melding=renumbered("melding", AANTAL, **recent))
    assert steps.take_in(open_, PEILDATUM, root).manifest.toch == []
    # By then that quarter is over.
    assert len(refused(levering("terug", melding=renumbered("melding", 11, **recent)), root)) == 1


def test_many_new_rows_in_quarters_that_were_over(levering, tmp_path):
    root = tmp_path / "s"
    steps.take_in(levering("eerder", pip=rows("pip", 150)), PEILDATUM, root)
    assert refused(levering("meer"), root) == [
        "pip.parquet, tabel pip: van de 150 rijen uit kwartalen die bij de levering van 2022-12-31 voorbij waren, "
        "kwamen er 50 bij. Is de sleutel (inburgeraar_id, dagtekening_pip) van elke rij dezelfde gebleven?"
    ]


def test_rows_that_were_rejected_and_are_repaired_are_not_new_and_the_other_way_round(levering, tmp_path):
    root = tmp_path / "s"
    fout = levering("fout", pip=rows("pip", anders=(20, {"leerroute": "X"})))
    steps.take_in(fout, PEILDATUM, root)
    for map_ in (levering("goed"), fout):
        assert steps.take_in(map_, PEILDATUM, root).manifest.toch == []


def test_more_than_10_percent_of_a_table_rejected(levering, tmp_path):
    map_ = levering("veel", pip=rows("pip", anders=(21, {"leerroute": "X"})))
    assert refused(map_, tmp_path / "s") == [
        "pip.parquet, tabel pip: 21 van de 200 rijen (10,5%) worden afgekeurd (21 keer leerroute heeft een onbekende "
        "code; toegestaan: B, O, Z). Met --controleer --toch noemt het rapport de regels."
    ]
    tien = levering("tien", pip=rows("pip", anders=(20, {"leerroute": "X"})))
    assert steps.take_in(tien, PEILDATUM, tmp_path / "s").afgekeurd == 20


def test_toch_takes_it_in_and_manifest_and_report_say_why_it_was_not_likely(levering, tmp_path):
    map_, root = levering(uitkering=rows("uitkering", 0)), tmp_path / "s"
    later = ["--peildatum", "2023-12-31", "--naar", root]
    assert command.run("data.intake", map_, *later).returncode == 2
    klaar = command.run("data.intake", map_, *later, "--toch")
    assert klaar.returncode == 0
    bezwaren = Manifest.read(store.in_use(root)).toch
    assert [bezwaar.split(":")[0] for bezwaar in bezwaren] == [
        "De jongste gebeurtenis in de levering is van 2022-11-30, 396 dagen voor de peildatum 2023-12-31. "
        "Controleer de peildatum.",
        "uitkering.parquet, tabel uitkering",
    ]
    html = (store.in_use(root) / report.HTML).read_text(encoding="utf-8")
    for tekst in (klaar.stdout, html):
        assert all(woorden in tekst for woorden in (report.OBJECTIONS, *bezwaren))
    assert report.read(store.in_use(root))["toch"] == bezwaren
    controle = command.run("data.intake", map_, *later, "--toch", "--controleer")
    assert (controle.returncode, report.OBJECTIONS in controle.stdout) == (0, True)
