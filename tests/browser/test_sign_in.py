"""Signing in with a real identity provider in a real browser: roles, areas, expiry, and nothing without them."""

from __future__ import annotations

import json
import secrets
import shutil
from urllib.parse import quote, urlsplit

import application
import httpx
import oidc_provider_mock
import pytest
from english import english

from data.demo import municipality
from data.snapshots import store
from pages.contents import FIRST, PAGES
from tests.cases import in_campaign

COLLEAGUES = {
    "steward@haarlem.example": {"roles": ["beheer"]},
    "beleid@haarlem.example": {"roles": ["beleid"]},
    "wijk@haarlem.example": {"roles": ["beleid"], "wijkteams": ["Meerwijk"]},
    "stranger@haarlem.example": {"roles": ["gast"]},
}
# The provider uses names of authlib that authlib is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib.*", "ignore:.*authlib.*:DeprecationWarning")
LINE = "tijd uitgever gebruiker rollen grens handeling vraag selectie levering"
FIGURES = ".tegel, .tabel, svg.marks"
WIDE = {"width": 1400, "height": 900}


@pytest.fixture(scope="module")
def provider():
    """The address of an OpenID Connect provider that knows the colleagues."""
    with pytest.MonkeyPatch.context() as patch:
        # The provider speaks http on this machine only.
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        with oidc_provider_mock.run_server_in_thread() as server:
            address = f"http://localhost:{server.server_port}"
            for who, claims in COLLEAGUES.items():
                httpx.put(f"{address}/users/{quote(who)}", json={"email": who} | claims).raise_for_status()
            yield address


@pytest.fixture(scope="module")
def delivered(snapshots, tmp_path_factory):
    """A folder of snapshots that are not called demo: the same figures, guarded as those of a municipality are."""
    root = tmp_path_factory.mktemp("delivered")
    shutil.copytree(snapshots, root, symlinks=True, dirs_exist_ok=True)
    for manifest in root.glob("**/manifest.json"):
        text = json.loads(manifest.read_text(encoding="utf-8"))
        manifest.write_text(json.dumps(text | {"herkomst": "levering"}), encoding="utf-8")
    assert json.loads((store.in_use(root) / "manifest.json").read_text())["herkomst"] == "levering"
    return root


@pytest.fixture(scope="module")
def secrets_file(provider, tmp_path_factory):
    """Writes secrets: secrets_file(uren=8) gives the path of one that signs in at the provider."""
    auth = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": secrets.token_hex(32),
        "client_id": "monitor",
        "client_secret": secrets.token_hex(8),
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    }

    def write(uren: float):
        path = tmp_path_factory.mktemp("secrets") / "secrets.toml"
        lines = ["[auth]", *(f'{name} = "{value}"' for name, value in auth.items())]
        lines += ["[toegang]", f"uren = {uren}", "gebied_verplicht = false"]
        path.write_text("\n".join(lines), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture(scope="module")
def log_of_use(tmp_path_factory):
    """The file of the log of use."""
    return tmp_path_factory.mktemp("log") / "gebruik.jsonl"


@pytest.fixture(scope="module")
def guarded(delivered, secrets_file, log_of_use):
    """The address of the application with delivered data and the provider."""
    with application.running(delivered, "--secrets.files", secrets_file(8), WI_LOGBOEK=str(log_of_use)) as address:
        yield address


@pytest.fixture
def browse(chromium):
    """Opens an address as a new visitor without cookies: browse("http://…")."""
    taken = []

    def go(address: str):
        taken.append(chromium.new_context(viewport=WIDE, locale="nl-NL"))
        page = taken[-1].new_page()
        page.set_default_timeout(60_000)
        page.goto(address)
        application.settle(page)
        return page

    yield go
    for context in taken:
        context.close()


def sign_in(page, who: str) -> None:
    """As a colleague does: the button, the provider's page, back."""
    page.get_by_role("button", name="Aanmelden met uw werkaccount").click()
    page.get_by_placeholder("sub").fill(who)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url("http://127.0.0.1:*/**")
    application.settle(page)


def uses(log_of_use) -> list[dict]:
    return [json.loads(line) for line in log_of_use.read_text(encoding="utf-8").splitlines()]


def title(page) -> str:
    return page.inner_text("h1")


@pytest.mark.parametrize(
    "path", ["", "overdracht", *in_campaign(*(name for name in PAGES if name not in (FIRST, "overdracht")))]
)
def test_without_signing_in_no_page_shows_a_figure(guarded, browse, path):
    page = browse(f"{guarded}/{path}?stadsdeel=Noord")
    assert (title(page), english(page)) == ("Aanmelden", [])
    assert page.locator(f"{FIGURES}, .st-key-stadsdeel, dialog, [role=dialog]").count() == 0


def test_signing_in_leads_back_to_the_link_that_was_followed(guarded, browse):
    page = browse(f"{guarded}/overdracht?stadsdeel=Noord&peildatum=30-11-2022")
    sign_in(page, "beleid@haarlem.example")
    page.wait_for_url("**/overdracht?stadsdeel=Noord&peildatum=30-11-2022")
    page.wait_for_function("() => document.title.startsWith('Overdracht')")
    assert "stadsdeel Noord" in page.inner_text(".getoond")
    assert "Stand 30 november 2022" in page.inner_text(".getoond")
    assert page.locator(FIGURES).count() > 0
    assert page.get_by_text("beleid@haarlem.example · beleid").count() == 1


def test_signing_out_ends_it_in_every_tab(guarded, browse):
    page = browse(f"{guarded}/verantwoording")
    sign_in(page, "steward@haarlem.example")
    other = page.context.new_page()
    other.goto(f"{guarded}/verantwoording?stadsdeel=Noord&verantwoording_deel=De gegevens")
    application.settle(other)
    assert other.locator(FIGURES).count() > 0
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("button", name="End session").click()
    page.wait_for_url("http://127.0.0.1:*/**")
    application.settle(page)
    assert title(page) == "Aanmelden"
    other.get_by_role("button", name="Alle filters wissen").click()
    other.wait_for_function("() => document.querySelector('h1').innerText === 'Aanmelden'")
    application.settle(other)
    assert other.locator(FIGURES).count() == 0


@pytest.mark.campaign
def test_a_sign_in_that_runs_out_shows_nothing_more(delivered, secrets_file, browse, tmp_path):
    port, log = application.free_port(), str(tmp_path / "gebruik.jsonl")
    with application.running(delivered, "--secrets.files", secrets_file(8), port=port, WI_LOGBOEK=log) as address:
        page = browse(f"{address}/verantwoording?verantwoording_deel=De gegevens")
        sign_in(page, "steward@haarlem.example")
        assert page.locator(FIGURES).count() > 0
    # The same cookie, at a server for which a sign-in counts for a hundredth of a second.
    with application.running(delivered, "--secrets.files", secrets_file(0.000003), port=port, WI_LOGBOEK=log):
        page.reload()
        page.wait_for_function("() => document.querySelector('.bevinding')?.innerText.includes('verlopen')")
        application.settle(page)
        assert page.locator(FIGURES).count() == 0


def test_an_account_without_a_role_gets_the_public_view(guarded, browse):
    page = browse(f"{guarded}/verantwoording")
    sign_in(page, "stranger@haarlem.example")
    assert title(page) == "Openbare cijfers"
    assert "nog niets gepubliceerd" in page.inner_text(".bevinding")
    assert page.locator(FIGURES).count() == 0
    assert page.get_by_role("button", name="Afmelden").count() == 1


def test_an_account_for_one_area_sees_no_other_whatever_the_link_says(guarded, browse):
    whole = browse(f"{guarded}/overdracht?wijkteam=Meerwijk")
    sign_in(whole, "beleid@haarlem.example")
    limited = browse(f"{guarded}/overdracht?stadsdeel=Noord")
    sign_in(limited, "wijk@haarlem.example")
    assert "uw gebied: Meerwijk" in limited.inner_text(".getoond")
    assert "iets dat hier niet bestaat" in limited.get_by_test_id("stAlert").first.inner_text()
    figures = ".tegels .waarde"
    assert limited.locator(figures).all_inner_texts() == whole.locator(figures).all_inner_texts()


def test_the_use_is_logged_by_subject_question_and_selection_without_an_answer(guarded, provider, browse, log_of_use):
    page = browse(f"{guarded}/begeleiding?stadsdeel=Oost")
    sign_in(page, "steward@haarlem.example")
    page.reload()
    application.settle(page)
    mine = [line for line in uses(log_of_use) if line.get("selectie") == {"stadsdelen": ["Oost"]}]
    asked = [line["vraag"] for line in mine if line["handeling"] == "vraag"]
    # Twice the same page: the second time from the cache, and logged all the same.
    assert asked.count("begeleiding_duur") >= 2
    # The provider of the tests gives the address as the subject as well.
    assert {(line["uitgever"], line["gebruiker"]) for line in mine} == {(provider, "steward@haarlem.example")}
    assert {tuple(line["rollen"]) for line in mine} == {("beheer",)}
    assert " ".join(set().union(*mine) - set(LINE.split())) == ""
    page.get_by_role("button", name="Downloaden").first.click()
    with page.expect_download() as download:
        page.locator("[data-testid=stPopoverBody] button", has_text="Tabel als CSV").click()
    taken = [line for line in uses(log_of_use) if line["handeling"] == "download"]
    assert taken[-1]["bestand"] == download.value.suggested_filename
    # The file that was made is there for this sign-in, and for no other.
    assert page.request.get(download.value.url).body() == download.value.path().read_bytes()
    assert httpx.get(download.value.url).status_code == 404
    other = browse(guarded)
    sign_in(other, "beleid@haarlem.example")
    assert other.request.get(download.value.url).status == 404


def test_a_picture_on_a_page_is_for_who_signed_in(guarded, browse):
    page = browse(f"{guarded}/briefing?briefing_uitgave=Intern&briefing_bijlage=De overdracht per wijkteam")
    sign_in(page, "beleid@haarlem.example")
    picture = page.locator("[data-testid=stImage] img").first
    picture.wait_for()
    page.wait_for_function("() => document.querySelector('[data-testid=stImage] img').naturalWidth > 0")
    address = f"{guarded}{urlsplit(picture.evaluate('image => image.src')).path}"
    assert page.request.get(address).status == 200
    assert httpx.get(address).status_code == 404


def test_a_steward_brings_a_delivery_and_the_pages_show_it(secrets_file, browse, tmp_path):
    root, files = tmp_path / "snapshots", tmp_path / "levering"
    municipality.publiceer_demo(root, municipality.VORIGE_PEILDATUM, personen=150)
    municipality.maak(files, personen=150)
    (tmp_path / "groot.csv").write_bytes(bytes(51 * 2**20))
    (tmp_path / "tmp").mkdir()
    own = {"WI_LOGBOEK": str(tmp_path / "gebruik.jsonl"), "TMPDIR": str(tmp_path / "tmp")}
    with application.running(root, "--secrets.files", secrets_file(8), **own) as address:
        page = browse(address)
        page.add_init_script(application.REFUSALS)
        sign_in(page, "steward@haarlem.example")
        assert "Stand 30 november 2022" in page.inner_text(".getoond")
        page.goto(f"{address}/levering")
        application.settle(page)
        page.locator("input[type=file]").set_input_files([*files.iterdir(), tmp_path / "groot.csv"])
        page.get_by_text("een bestand mag hooguit 50 MB zijn").first.wait_for()
        page.get_by_role("button", name="groot.csv weghalen").click()
        page.locator(".st-key-levering_peildatum [role=spinbutton]").first.click()
        page.keyboard.type("31122022")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        application.settle(page)
        assert (english(page), application.outside(page), application.violations(page)) == ([], [], [])
        page.get_by_role("button", name="Controleren").click()
        page.get_by_text("Uitkomst van de controle, peildatum 31 december 2022").wait_for()
        application.settle(page)
        page.set_viewport_size({"width": 400, "height": 900})
        application.settle(page)
        assert (english(page), application.outside(page), application.violations(page)) == ([], [], [])
        with page.expect_download() as download:
            page.get_by_role("button", name="Rapport").click()
        assert "Dit is een controle" in download.value.path().read_text(encoding="utf-8")
        page.get_by_role("button", name="In gebruik nemen").click()
        page.get_by_text("De pagina’s tonen haar vanaf nu.").wait_for()
        assert page.evaluate("window.refused") == [] and list((tmp_path / "tmp").glob("monitor-*")) == []
        page.goto(address)
        application.settle(page)
        assert "Stand 31 december 2022" in page.inner_text(".getoond")
        other = browse(f"{address}/levering")
        sign_in(other, "beleid@haarlem.example")
        assert other.get_by_role("link", name="Levering").count() == other.locator("input[type=file]").count() == 0
        # Nor does a file get in without the page; a steward's comes as far as Streamlit, which knows no such session.
        into = f"{address}/_stcore/upload_file/session/file"
        told = {who: who.request.put(into, data=b"x").text() for who in (page, other)}
        assert "Deze pagina bestaat niet" in told[other] and "Deze pagina bestaat niet" not in told[page]


def test_delivered_data_without_a_sign_in_are_never_shown(delivered, browse):
    with application.running(delivered, WI_WEERGAVE="intern") as address:
        page = browse(f"{address}/overdracht")
        assert title(page) == "Openbare cijfers"
        assert page.locator(FIGURES).count() == 0
