"""The deliveries as the page Verantwoording reads them: whatever a manifest holds, and nothing that is not there."""

import re
import shutil
from datetime import date

import queries
from data.snapshots import store
from data.snapshots.manifest import Manifest
from queries.deliveries import deliveries
from tests import towns

MANIFEST = {
    "formaat": 1,
    "peildatum": "2022-12-31",
    "herkomst": "levering",
    "aangemaakt": "2023-01-05T09:30:00+01:00",
    "levering_id": "ab12",
    "tabellen": {
        "inburgeraar": {
            "bestand": "Inburgeraars.parquet",
            "sha256": "00ff",
            "levertijd": "2023-01-04T17:00:00+01:00",
            "gelezen": 10,
            "rijen": 7,
            "afgekeurd": {"wet is leeg": 2, "wet heeft een onbekende code": 1},
            "extra_kolommen": ["opmerking"],
            "waarschuwingen": [{"regel": "wijkcode staat niet in de referentietabel", "aantal": 4}],
        },
        "melding": {"bestand": "melding.parquet", "gelezen": 5, "rijen": 5},
    },
    "verdwenen": {"vorige_peildatum": "2022-11-30", "aantal": 3},
}


def test_a_whole_manifest_is_read_as_it_is():
    delivery = queries.read_delivery(Manifest(**MANIFEST))
    inburgeraar, melding = delivery.tabellen
    assert (delivery.peildatum, delivery.demo, delivery.levering_id) == (date(2022, 12, 31), False, "ab12")
    assert f"{delivery.aangemaakt:%d-%m-%Y %H:%M}" == "05-01-2023 09:30"
    assert (delivery.verdwenen, delivery.vorige_peildatum) == (3, date(2022, 11, 30))
    assert (inburgeraar.gelezen, inburgeraar.rijen, inburgeraar.aantal_afgekeurd) == (10, 7, 3)
    assert inburgeraar.waarschuwingen == {"wijkcode staat niet in de referentietabel": 4}
    assert inburgeraar.extra_kolommen == ["opmerking"]
    assert (melding.sha256, melding.levertijd, melding.afgekeurd) == ("", None, {})
    assert (delivery.gelezen, delivery.afgekeurd, delivery.aandeel_afgekeurd) == (15, 3, 0.2)


def test_only_day_and_origin_have_to_be_there_and_a_table_without_counts_is_not_counted_as_empty():
    delivery = queries.read_delivery(Manifest(peildatum="2022-12-31", herkomst="demo", verdwenen=None))
    assert delivery == queries.Delivery(date(2022, 12, 31), demo=True)
    assert (delivery.gelezen, delivery.afgekeurd, delivery.aandeel_afgekeurd) == (0, 0, None)
    delivery = queries.read_delivery(Manifest(**MANIFEST | {"tabellen": {"pip": {"rijen": 4, "afgekeurd": {"r": 1}}}}))
    assert (delivery.tabellen[0].gelezen, delivery.gelezen) == (None, 5)


def test_the_history_is_newest_first_and_a_manifest_that_cannot_be_read_hides_no_other(tmp_path):
    assert deliveries(tmp_path / "nothing here") == ()
    days = (date(2022, 11, 30), date(2022, 12, 31))
    shutil.copytree(towns.demo(*days, personen=60), tmp_path, symlinks=True, dirs_exist_ok=True)
    assert [(each.peildatum, each.in_gebruik) for each in deliveries(tmp_path)] == [(days[1], True), (days[0], False)]
    (store.folder_of(days[0], tmp_path) / "manifest.json").write_text('{"herkomst": "demo"}', encoding="utf-8")
    assert [(each.peildatum, each.leesbaar) for each in deliveries(tmp_path)] == [(days[1], True), (days[0], False)]


def test_every_indicator_has_its_own_part_of_the_sql_that_is_run():
    loaded = " ".join(" ".join(queries.model_sql().values()).split())
    for naam in queries.INDICATOREN:
        part = queries.observations_sql(naam)
        assert part.startswith("select") and f"'{naam}'" in part
        assert not re.search("union all|create ", part)
        assert " ".join(part.split()) in loaded
    names = list(queries.model_sql())
    assert names.index("04_persoon.sql") < names.index("kpi/pip.sql") < names.index("kpi/waarneming.sql")
