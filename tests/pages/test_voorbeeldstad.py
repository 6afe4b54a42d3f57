"""Another municipality, without stadsdelen or a map: every page, and in the campaign all smoke tests of the suite.

Which municipality it is a process reads once, when it starts; so these run in a process of their own.
"""

import os
import re
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


def run(*command):
    own = os.environ | {"WI_GEMEENTE": str(STAD)}
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
import os, sys
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
from tests import towns
source, made = queries.open_database(towns.folder()), towns.published()
public = queries.open_publication(made)
print(source.stadsdelen, source.alle_wijkteams, public.stadsdelen, public.delen)
print(*{kind for kind, _ in public.manifest.keuzes}, public.manifest.aanval.cellen > 0)
shown = (queries.answer("leerroute_verdeling", database=each) for each in (source, public))
print(*(list(dict.fromkeys(frame["stadsdeel"])) for frame in shown))
for view, data in (("intern", towns.folder()), ("openbaar", made)):
    main(["--naar", f"{sys.argv[1]}/{view}.pdf", "--uitgave", view, "--data", str(data)])
"""


def test_what_is_known_published_and_printed_of_another_municipality(tmp_path):
    areas, kinds, rows = run("-c", SAID, tmp_path).strip().split("\n")
    assert areas == "() ('Waterkant', 'Molenveld', 'Nieuwland', 'Onbekend') () ()"
    assert set(kinds.split()) == {"stad", "doelgroep", "True"}
    # Wijkteams are compared where elsewhere stadsdelen are; public is the whole alone.
    assert rows == "['Waterkant', 'Molenveld', 'Nieuwland', 'Onbekend'] ['Heel Voorbeeldstad']"
    for view in VIEWS:
        with pikepdf.open(tmp_path / f"{view}.pdf") as printed:
            assert str(printed.docinfo["/Author"]) == "Gemeente Voorbeeldstad"
