"""A copy of all that is kept is put back in empty folders: the same bytes, links, rights, and next publication."""

import shutil
import tarfile

import pytest

import queries
from data.demo import municipality
from data.snapshots import store
from data.snapshots.manifest import Manifest
from deploy import kopie
from queries.openbaar import publish, register
from tests import towns
from tests.data.conftest import contents_of
from tests.pages import conftest as pages

PLACES = {"SNAPSHOTS": "snapshots", "PUBLICATIES": "publicaties"}


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A function that makes this process one of a machine whose folders lie in a folder."""

    def machine(name):
        for place, folder in PLACES.items():
            monkeypatch.setattr(store, place, tmp_path / name / folder)
        monkeypatch.setenv("WI_REGISTER", str(tmp_path / name / "register"))
        return tmp_path / name

    return machine


@pytest.fixture
def copy(machine, tmp_path):
    """A copy of a machine with a delivery, a publication, a register and settings."""
    there = machine("was")
    shutil.copytree(towns.demo(), there / "snapshots", symlinks=True)
    shutil.copytree(towns.publications(), there / "publicaties", symlinks=True)
    shutil.copytree(towns.publications() / ".register", there / "register")
    (there / "etc").mkdir()
    (there / "etc" / "geheim.env").write_text("WI_ZOUT=abc\n")
    (there / "etc" / "geheim.env").chmod(0o600)
    # The cookie secret, by a link to another folder.
    (tmp_path / "secrets.toml").write_text('[auth]\ncookie_secret = "def"\n')
    (there / "etc" / "secrets.toml").symlink_to(tmp_path / "secrets.toml")
    (there / "snapshots").chmod(0o700)
    assert kopie.main(["--naar", str(tmp_path / "kopie.tar"), "--instellingen", str(there / "etc")]) == 0
    return tmp_path / "kopie.tar"


def test_a_copy_gives_the_same_bytes_links_and_rights_on_another_machine(copy, machine, tmp_path):
    assert copy.stat().st_mode & 0o777 == 0o600
    was, now = tmp_path / "was", machine("was") and tmp_path / "nu"
    link = {"stadsdeel": "Schalkwijk", "doelgroep": "Asielstatushouder", "peildatum": towns.DAY.isoformat()}
    before = shown(pages._open("overdracht", **link))
    shutil.move(was, tmp_path / "weg")
    machine("nu")
    assert kopie.main(["--terug", str(copy), "--instellingen", str(now / "etc")]) == 0
    secrets = tmp_path / "weg" / "etc" / "secrets.toml"
    shutil.copyfile(secrets.resolve(), secrets.with_name("itself"))
    secrets.with_name("itself").replace(secrets)
    assert contents_of(now) == contents_of(tmp_path / "weg")
    for folder in ("snapshots", "publicaties", "register", "etc/geheim.env"):
        assert (now / folder).stat().st_mode & 0o777 == (tmp_path / "weg" / folder).stat().st_mode & 0o777, folder
    assert shown(pages._open("overdracht", **link)) == before
    old, new = (queries.open_publication(root / "publicaties") for root in (tmp_path / "weg", now))
    assert old.identity == new.identity


def shown(app):
    """What a page says, and what is chosen in it."""
    assert not app.exception
    return [str(block.value) for block in app.get("html")], dict(app.query_params)


def test_the_next_publication_after_a_copy_was_put_back_is_the_same_bytes(machine, tmp_path):
    salt, made = "0123456789abcdefghijklmnopqrstuvwxyz", {}
    for day in (towns.EARLIER, towns.DAY):
        municipality.maak(tmp_path / str(day), day, personen=150)
        Manifest.read(tmp_path / str(day)).model_copy(update={"herkomst": "levering"}).write(tmp_path / str(day))
    command = [str(tmp_path / "kopie.tar"), "--instellingen", str(tmp_path / "etc")]
    with towns.with_few_questions():
        there = machine("was")
        publish.publish(tmp_path / str(towns.EARLIER), store.PUBLICATIES, salt)
        assert kopie.main(["--naar", *command]) == 0
        for name in ("was", "nu"):
            there = machine(name)
            assert name == "was" or kopie.main(["--terug", *command]) == 0
            publish.publish(tmp_path / str(towns.DAY), store.PUBLICATIES, salt)
            made[name] = contents_of(store.in_use(there / "publicaties"))
            # Both were attacked together.
            assert len(register.versions(there / "register")) == 2
    assert made["nu"] == made["was"]


def test_settings_that_stand_there_are_set_aside(copy, machine, tmp_path, capsys):
    now = machine("nu")
    (now / "etc").mkdir(parents=True)
    (now / "etc" / "geheim.env").write_text("WI_ZOUT=drawn by the installation\n")
    assert kopie.main(["--terug", str(copy), "--instellingen", str(now / "etc")]) == 0
    assert "staat nu in" in capsys.readouterr().out
    assert (now / "etc" / "geheim.env").read_text() == "WI_ZOUT=abc\n"
    assert (now / "etc.eerder" / "geheim.env").read_text() == "WI_ZOUT=drawn by the installation\n"


def test_a_copy_is_put_back_in_empty_folders_only_and_a_damaged_one_is_refused(copy, machine, tmp_path, capsys):
    command = ["--terug", str(copy), "--instellingen", str(tmp_path / "was" / "etc")]
    assert kopie.main(command) == 2
    assert "staat al iets" in capsys.readouterr().err
    machine("nu")
    command[-1] = str(tmp_path / "nu" / "etc")
    whole = copy.read_bytes()
    with tarfile.open(copy) as found:
        place = next(each.offset_data for each in found if each.name.endswith("inburgeraar.parquet"))
    copy.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    assert kopie.main(command) == 2
    assert "inburgeraar.parquet is niet wat het was" in capsys.readouterr().err
    assert not (tmp_path / "nu").exists()
    copy.write_bytes(whole[: len(whole) // 2])
    assert kopie.main(command) == 2
    assert "kan niet worden gelezen" in capsys.readouterr().err


def test_no_delivery_is_taken_in_meanwhile(copy, machine, tmp_path, capsys):
    machine("was")
    with store.exclusive(tmp_path / "was" / "snapshots"):
        assert kopie.main(["--naar", str(tmp_path / "b.tar"), "--instellingen", str(tmp_path / "was" / "etc")]) == 2
    assert "loopt al een inname" in capsys.readouterr().err and not (tmp_path / "b.tar").exists()
