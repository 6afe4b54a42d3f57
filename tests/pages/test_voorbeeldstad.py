"""Another municipality, with other regimes and without stadsdelen or a map: every page, and in the campaign all smoke
tests of the suite.

Which municipality it is a process reads once, when it starts; so these run in a process of their own.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from pages.contents import PAGES
from tests.cases import in_campaign

ROOT = Path(__file__).parents[2]
STAD = ROOT / "tests" / "voorbeeldstad"


VIEWS = ("intern", "openbaar")
# By view which tests, and which of their cases.
SMOKE = {
    "intern": ("test_smoke.py", "a_page_runs_and_says or every_chart_under_verdieping"),
    "openbaar": ("test_openbaar.py", "a_page_runs_in_the_public_view and (city or doelgroep)"),
}


def run(*command, folder=STAD):
    own = os.environ | {"WI_GEMEENTE": str(folder)}
    asked = [sys.executable, *map(str, command)]
    done = subprocess.run(asked, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("view", in_campaign(*SMOKE))
def test_every_page_runs_with_all_its_tabs(view):
    file, cases = SMOKE[view]
    # Those of the campaign too, and in this one process.
    how = ("-q", "-p", "no:cacheprovider", "-o", "addopts=", "-k", cases)
    assert re.search(r"\d+ passed", run("-m", "pytest", *how, f"tests/pages/{file}"))


OPENED = """
import os, re, sys
import queries
from data.snapshots import store
from pages.contents import PAGES
from tests import towns
from tests.pages import conftest
view, *link = sys.argv[1:]
os.environ["WI_WEERGAVE"], store.SNAPSHOTS, queries.PUBLICATIES = view, towns.demo(), towns.publications()
for name in PAGES:
    app = conftest._open(name, **dict([link]))
    text = chr(10).join(str(block.value) for kind in (app.get("html"), app.header, app.subheader) for block in kind)
    text = text.partition("<style>")[0]
    assert not app.exception and not app.error, name
    assert "heel Voorbeeldstad" in text or link[1] in text, name
    assert "tadsde" not in text and "Haarlem" not in text, name
    everything = chr(10).join(str(getattr(each, "proto", "")) for each in app._tree)
    # A point of a curve may be at 12 months.
    elsewhere = re.findall("(?<!na )(?<!maanden)(?:12|24) maanden|(?:één|een|twee) jaar|contract van 2022", everything)
    assert not elsewhere, (name, elsewhere)
    assert "stadsdeel" not in [each.key for each in (*app.multiselect, *app.selectbox)]
print(len(PAGES))
"""


@pytest.mark.parametrize(
    ("view", "link"),
    [("intern", ("wijkteam", "Molenveld")), ("openbaar", ("doelgroep", "Asielstatushouder"))],
    ids=VIEWS,
)
def test_every_page_runs_for_another_municipality_and_has_no_stadsdelen(view, link):
    assert int(run("-c", OPENED, view, *link)) == len(PAGES)


SAID = """
import sys
import queries
from pages.briefing.__main__ import main
from queries.openbaar.attack.knowledge import puzzle
from queries.openbaar.attack.solver import feasible_ranges
from tests import towns
source, made = queries.open_database(towns.folder()), towns.published()
public = queries.open_publication(made)
print(source.stadsdelen, source.alle_wijkteams, public.stadsdelen, public.delen)
print(*{kind for kind, _ in public.manifest.keuzes}, public.manifest.aanval.cellen > 0)
shown = (queries.answer("leerroute_verdeling", database=each) for each in (source, public))
print(*(list(dict.fromkeys(frame["stadsdeel"])) for frame in shown))
for question in ("begeleiding_duur", "evaluatie_meldingen"):
    print(queries.answer(question, database=source)["regime"].to_list())
feasible_ranges(puzzle({towns.DAY: towns.true()}, basis=1))  # all that the attacker takes to be known is true
for view, data in (("intern", towns.folder()), ("openbaar", made)):
    main(["--naar", f"{sys.argv[1]}/{view}.pdf", "--uitgave", view, "--data", str(data)])
"""


def test_what_is_known_published_and_printed_of_another_municipality(tmp_path):
    areas, kinds, rows, *regimes = run("-c", SAID, tmp_path).strip().split("\n")
    assert areas == "() ('Waterkant', 'Molenveld', 'Nieuwland', 'Onbekend') () ()"
    assert set(kinds.split()) == {"stad", "doelgroep", "True"}
    # Wijkteams are compared where elsewhere stadsdelen are; public is the whole alone.
    assert rows == "['Waterkant', 'Molenveld', 'Nieuwland', 'Onbekend'] ['Heel Voorbeeldstad']"
    assert regimes == ["['anderhalf jaar', 'negen maanden']"] * 2
    for view in VIEWS:
        with pikepdf.open(tmp_path / f"{view}.pdf") as printed:
            assert str(printed.docinfo["/Author"]) == "Gemeente Voorbeeldstad"


UNCHANGED = """
import sys
from data.demo import municipality
from data.snapshots import store
from pages.briefing.__main__ import main
from tests.pages import conftest
store.SNAPSHOTS = conftest.Path(sys.argv[1])
municipality.publiceer_demo(store.SNAPSHOTS, municipality.PEILDATUM, personen=200, melding_met_statushouder=True)
for name in ("begeleiding", "evaluatie"):
    app = conftest._open(name)
    assert not app.exception and not app.error, name
print(*(block.value for block in (*app.get("html"), *app.subheader)))
main(["--naar", f"{sys.argv[1]}/intern.xlsx", "--uitgave", "intern", "--data", sys.argv[1]])
"""


def test_where_begeleiding_always_took_as_long_there_is_nothing_to_compare(tmp_path):
    shutil.copytree(STAD, tmp_path / "stad")
    settings = tmp_path / "stad" / "gemeente.toml"
    text = settings.read_text(encoding="utf-8").replace("norm_dagen = 274", "norm_dagen = 548")
    settings.write_text(text, encoding="utf-8")
    told = run("-c", UNCHANGED, tmp_path / "snapshots", folder=tmp_path / "stad").replace("\N{NO-BREAK SPACE}", " ")
    assert "De duur van de begeleiding is hier niet veranderd: er valt niets te vergelijken." in told
    assert "in het regime van een andere duur is 0" in told
    assert "De groepen kwamen in andere jaren" not in told
