"""The view openbaar: it reads the publication alone, and answers what was published and nothing else."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest

import queries
from data.snapshots import store
from queries import InvalidSelection, NoPublication, QueryError, Selection, open_data
from queries.definitions.columns import EXACT, figures, weergave_van
from queries.openbaar import publication as openbaar
from queries.openbaar import publish
from queries.openbaar.publication import PublicationManifest, apart
from queries.openbaar.rules import REGELS
from tests import towns

PART = ("Oost", "Schalkwijk")
ROOT = Path(queries.__file__).parents[1]


@pytest.fixture(scope="module")
def published():
    """The publication of the last day."""
    return queries.open_publication(towns.published())


@pytest.fixture
def copied(tmp_path):
    """The folder of a publication of our own, to damage."""
    return Path(shutil.copytree(towns.published(), tmp_path / "publicatie"))


@pytest.mark.parametrize("question", REGELS)
def test_both_views_give_the_same_columns_for_the_city_and_a_part_of_it(question, published):
    exact = queries.open_database(towns.folder())
    groups = [Selection(doelgroepen=("Asielstatushouder",))] if apart(question, "doelgroep") else []
    for selection in (Selection(), Selection(stadsdelen=PART), *groups):
        intern, openbaar = (queries.shown(question, selection, source) for source in (exact, published))
        assert openbaar.schema == intern.schema
        assert (
            queries.answer(question, selection, published).schema == queries.answer(question, selection, exact).schema
        )
        for kolom in figures(question):
            assert set(intern[weergave_van(kolom)]) <= {EXACT}
            assert EXACT not in set(openbaar[weergave_van(kolom)])


def test_a_publication_stands_in_the_place_of_a_database(published):
    exact = queries.open_database(towns.folder())
    for name in ("peildatum", "demo", "stadsdelen", "alle_wijkteams", "wijkteams", "doelgroepen", "grens"):
        assert getattr(published, name) == getattr(exact, name), name
    assert published.limited(("Centrum",)) is published
    assert set(published.questions) == set(REGELS)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(stadsdelen=("Noord", "Oost")),
        Selection(stadsdelen=("Noord",), doelgroepen=("Asielstatushouder",)),
        Selection(wijkteams=("Meerwijk",)),
        Selection(wetten=("WI2021",)),
        Selection(cohorten=(2022,)),
        Selection(huisvesting_van=date(2022, 1, 1)),
        Selection(peildatum=date(2022, 11, 30)),
        Selection(sinds=date(2022, 11, 30)),
    ],
    ids=str,
)
def test_what_was_not_published_is_refused_in_dutch(selection, published):
    for ask in (queries.answer, queries.shown):
        with pytest.raises(InvalidSelection, match="voor Centrum, Zuid-West en Noord samen of voor één doelgroep"):
            ask("kpi", selection, published)
    with pytest.raises(InvalidSelection):
        published.check(selection)


def test_what_is_not_published_of_a_doelgroep_says_so(published):
    asiel = Selection(doelgroepen=("Asielstatushouder",))
    with pytest.raises(InvalidSelection, match="niet openbaar per doelgroep, wel voor heel Haarlem"):
        queries.answer("overdracht_totaal", asiel, published)
    assert queries.answer("pip_status", asiel, published).height


def test_the_stadsdelen_of_a_part_of_the_city_may_be_named_in_any_order(published):
    assert published.delen == (PART, ("Centrum", "Zuid-West", "Noord"))
    found = [queries.answer("kpi", Selection(stadsdelen=names), published) for names in (PART, PART[::-1], PART[:1])]
    assert found[0].equals(found[1]) and not found[0].equals(found[2])


@pytest.mark.parametrize("selection", [Selection(stadsdelen=("geheim",)), Selection(doelgroepen=("geheim",))], ids=str)
def test_what_does_not_exist_is_refused_without_repeating_it(selection, published):
    with pytest.raises(InvalidSelection, match="Keuze: ") as refused:
        queries.answer("kpi", selection, published)
    assert "geheim" not in str(refused.value)


def test_a_question_that_is_not_public_says_so_and_the_peildatum_of_the_publication_may_be_named(published):
    named = queries.answer("kpi", Selection(peildatum=towns.DAY), published)
    assert named.equals(queries.answer("kpi", Selection(), published))
    with pytest.raises(QueryError, match="is niet openbaar"):
        queries.answer("kpi_sinds", Selection(), published)
    with pytest.raises(queries.UnknownQuestion):
        queries.answer("geheim", Selection(), published)


# ------------------------------------------------------------------------------------------------- what is opened

# Answers every public question, and reports which files the process opened in the folders of snapshots.
_ASKS = """
import sys, json
opened = []
reads = ("open", "os.listdir", "os.scandir")
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in reads else None)
import queries
source = queries.open_database()
assert isinstance(source, queries.Publication)
answers = {name: queries.shown(name).height for name in source.questions}
assert queries.deliveries() == () and queries.snapshots() == () and queries.previous_database(source) is None
assert queries.current_identity()
from pages import start
start.ensure_snapshot()
print(json.dumps([answers, [path for path in opened if sys.argv[1] in path]]))
"""


def serve(snapshots: Path, publications: Path) -> subprocess.CompletedProcess:
    environment = {"WI_WEERGAVE": "openbaar", "WI_SNAPSHOTS": str(snapshots), "WI_PUBLICATIES": str(publications)}
    command = [sys.executable, "-c", _ASKS, str(snapshots)]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)


@pytest.mark.parametrize("kind", ["there", "absent", "a file", "unreadable"])
def test_the_public_view_opens_no_snapshot_and_needs_none(tmp_path, kind):
    snapshots = towns.demo() if kind == "there" else tmp_path / "snapshots"
    if kind == "a file":
        snapshots.write_text("geen map")
    elif kind == "unreadable":
        snapshots.mkdir(mode=0)
    answered = serve(snapshots, towns.publications())
    assert answered.returncode == 0, answered.stderr
    answers, opened = json.loads(answered.stdout)
    assert set(answers) == set(REGELS) and opened == []


def test_without_a_publication_there_is_a_message_and_no_demo(tmp_path):
    answered = serve(tmp_path / "snapshots", tmp_path / "publicaties")
    assert answered.returncode == 1 and "Er is nog niets gepubliceerd." in answered.stderr
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------------------ what is not whole


@pytest.mark.parametrize(
    "damage",
    [lambda told: "{",
     lambda told: json.dumps(json.loads(told) | {"bestanden": []}),
     lambda told: json.dumps(json.loads(told) | {"bestanden": {"gone.parquet": ""}})],
    ids=["no manifest", "a list", "a file is gone"],
)  # fmt: skip
def test_a_publication_that_is_not_whole_is_not_served(copied, damage):
    manifest = copied / store.MANIFEST
    manifest.write_text(damage(manifest.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(NoPublication, match="niet te lezen"):
        queries.Publication(copied)


@pytest.mark.parametrize(
    ("formaat", "told"),
    [(1, "een oudere versie van dit programma en niet meer te lezen. Maak een nieuwe: python -m queries.openbaar"),
     (openbaar.FORMAAT + 1, "een nieuwere versie van dit programma. Gebruik die versie, of zet de kopie van voor de "
                            "overgang terug.")],
)  # fmt: skip
def test_a_publication_of_a_version_that_cannot_be_read_says_so_and_what_to_do(copied, formaat, told):
    PublicationManifest.read(copied).model_copy(update={"formaat": formaat}).write(copied)
    with pytest.raises(NoPublication) as refused:
        queries.Publication(copied)
    assert str(refused.value) == f"De publicatie is gemaakt door {told}"


@pytest.mark.parametrize("damage", ["cut", "of another question", "open data"])
def test_a_publication_of_which_a_file_was_changed_is_not_served_nor_weighed(copied, damage):
    table, csv = copied / "kpi.parquet", copied / openbaar.OPEN_DATA / "kpi.csv"
    source, manifest = queries.Publication(copied), PublicationManifest.read(copied)
    if damage == "cut":
        table.write_bytes(table.read_bytes()[:200])
    elif damage == "of another question":
        shutil.copy(copied / "pip_status.parquet", table)
    else:
        csv.write_bytes(csv.read_bytes().replace(b"1", b"2", 1))
    with pytest.raises(NoPublication, match=r"veranderd nadat ze gemaakt is.*python -m queries\.openbaar"):
        queries.Publication(copied)
    # What was loaded before is as it was published; a file that is taken along, or weighed, is looked at again.
    assert source.shown("kpi", Selection()).height
    taken = partial(open_data.packed, source, open_data.Deployment())
    look = taken if damage == "open data" else partial(publish.read_frames, copied, manifest)
    with pytest.raises(NoPublication):
        look()


def test_a_new_publication_is_picked_up(tmp_path):
    root, about, identities = tmp_path / "publicaties", PublicationManifest.read(towns.published()), set()
    for rows in (2, 1):
        shown = {key: frame.head(rows) for key, frame in towns.shown().items()}
        with store.exclusive(root):
            publish.put_in_use(shown, about, root)
        found = queries.open_publication(root)
        identities.add(found.identity)
        assert found.peildatum == towns.DAY and found.shown("kpi", Selection()).height == rows
    assert len(identities) == 2
