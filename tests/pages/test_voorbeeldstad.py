"""Another municipality, without stadsdelen and without a map, on the same smoke tests of every page.

Which municipality it is a process reads once, when it starts; so these run in a process of their own.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

ROOT = Path(__file__).parents[2]
STAD = ROOT / "tests" / "voorbeeldstad"


# By view which tests, and which of their cases.
SMOKE = {
    "intern": ("test_smoke.py", "a_page_runs_and_says or every_chart_under_verdieping"),
    "openbaar": ("test_openbaar.py", "a_page_runs_in_the_public_view and (city or doelgroep) or has_an_address"),
}


def run(*command):
    own = os.environ | {"WI_GEMEENTE": str(STAD)}
    asked = [sys.executable, *map(str, command)]
    done = subprocess.run(asked, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("view", SMOKE)
def test_every_page_runs_for_another_municipality(view):
    file, cases = SMOKE[view]
    # Those of the campaign too, and in this one process.
    how = ("-q", "-p", "no:cacheprovider", "-o", "addopts=", "-k", cases)
    assert re.search(r"\d+ passed", run("-m", "pytest", *how, f"tests/pages/{file}"))


SAID = """
import sys
from pathlib import Path
import queries
from pages.briefing.__main__ import main
from tests import towns
folder = Path(sys.argv[1])
source, made = queries.open_database(towns.folder()), towns.published()
public = queries.open_publication(made)
print(source.stadsdelen, source.alle_wijkteams, public.stadsdelen, public.delen, public.manifest.aanval.smalste)
print(*{kind for kind, _ in public.manifest.keuzes})
for edition, data in (("intern", towns.folder()), ("openbaar", made)):
    main(["--naar", str(folder / f"{edition}.pdf"), "--uitgave", edition, "--data", str(data)])
shown = queries.answer("leerroute_verdeling", database=source), queries.answer("leerroute_verdeling", database=public)
print(*(list(dict.fromkeys(frame["stadsdeel"])) for frame in shown))
"""


def test_what_is_known_published_and_printed_of_another_municipality(tmp_path):
    areas, kinds, *_, rows = run("-c", SAID, tmp_path).strip().split("\n")
    assert areas.startswith("() ('Waterkant', 'Molenveld', 'Nieuwland', 'Onbekend') () () ")
    assert set(kinds.split()) == {"stad", "doelgroep"}
    # Wijkteams are compared where elsewhere stadsdelen are; public is the whole alone.
    assert rows == "['Waterkant', 'Molenveld', 'Nieuwland', 'Onbekend'] ['Heel Voorbeeldstad']"
    for view in SMOKE:
        with pikepdf.open(tmp_path / f"{view}.pdf") as printed:
            assert str(printed.docinfo["/Author"]) == "Gemeente Voorbeeldstad"
