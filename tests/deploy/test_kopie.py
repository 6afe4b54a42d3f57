"""A copy of all that is kept is put back in empty folders: the same bytes, the same figures, the same rights."""

import shutil
import tarfile

import pytest

import queries
from data.snapshots import store
from deploy import kopie
from tests import towns
from tests.data.conftest import contents_of

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
    assert kopie.main(["--naar", str(tmp_path / "kopie.tar"), "--instellingen", str(there / "etc")]) == 0
    return tmp_path / "kopie.tar"


def test_a_copy_gives_the_same_bytes_figures_and_rights_on_another_machine(copy, machine, tmp_path):
    assert copy.stat().st_mode & 0o777 == 0o600
    was, now = tmp_path / "was", machine("nu")
    assert kopie.main(["--terug", str(copy), "--instellingen", str(now / "etc")]) == 0
    assert contents_of(now) == contents_of(was)
    for folder in ("snapshots", "etc/geheim.env"):
        assert (now / folder).stat().st_mode & 0o777 == (was / folder).stat().st_mode & 0o777
    asked = queries.Selection(stadsdelen=("Schalkwijk",))
    before, after = (queries.open_database(root / "snapshots") for root in (was, now))
    assert queries.answer("kpi", asked, after).equals(queries.answer("kpi", asked, before))
    assert (
        queries.open_publication(now / "publicaties").identity == queries.open_publication(was / "publicaties").identity
    )


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
    machine("later")
    copy.write_bytes(whole[: len(whole) // 2])
    assert kopie.main([*command[:-1], str(tmp_path / "later" / "etc")]) == 2
    assert "kan niet worden gelezen" in capsys.readouterr().err


def test_no_delivery_is_taken_in_meanwhile(copy, machine, tmp_path, capsys):
    machine("was")
    with store.exclusive(tmp_path / "was" / "snapshots"):
        assert kopie.main(["--naar", str(tmp_path / "b.tar"), "--instellingen", str(tmp_path / "was" / "etc")]) == 2
    assert "loopt al een inname" in capsys.readouterr().err and not (tmp_path / "b.tar").exists()
