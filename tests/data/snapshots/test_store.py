"""Snapshots: one atomic swap, one writer, and a reader that never sees half of one."""

import datetime as dt
from pathlib import Path
from unittest.mock import Mock

import pytest

from data.snapshots import store
from data.snapshots.manifest import Manifest
from tests.data.conftest import contents_of

EEN = dt.date(2022, 12, 31)
TWEE = dt.date(2023, 1, 31)


def publish(root: Path, peildatum: dt.date, inhoud: str, put_in_use: bool = True) -> Path:
    with store.exclusive(root):
        store.clean_up(root)
        with store.under_construction(root) as map_:
            (map_ / "tabel.parquet").write_text(inhoud, encoding="utf-8")
            return store.publish(map_, Manifest(peildatum=peildatum, herkomst="levering"), root, put_in_use)


def test_published_snapshot_is_in_use_with_its_manifest_and_links_survive_a_move(tmp_path):
    root = tmp_path / "s"
    assert (store.in_use(root), store.in_use(tmp_path), store.peildata(root)) == (None, None, [])
    map_ = publish(root, EEN, "een")
    assert store.in_use(root) == map_
    assert Manifest.read(map_).peildatum == EEN
    assert (root / "CURRENT").read_text(encoding="utf-8") == "2022-12-31\n"
    root.rename(tmp_path / "verhuisd")
    assert (tmp_path / "verhuisd" / "2022-12-31" / "tabel.parquet").read_text(encoding="utf-8") == "een"


def test_replaced_version_stays_until_the_next_run_and_another_peildatum_for_good(tmp_path):
    twee = publish(tmp_path, TWEE, "twee")
    eerste, tweede = (publish(tmp_path, EEN, inhoud) for inhoud in ("eerste", "tweede"))
    assert (eerste / "tabel.parquet").read_text(encoding="utf-8") == "eerste"
    derde = publish(tmp_path, EEN, "derde")
    assert (eerste.exists(), tweede.exists(), twee.exists()) == (False, True, True)
    assert store.in_use(tmp_path) == derde


def test_debris_of_a_killed_run_is_cleaned_up_by_the_next(tmp_path):
    een = publish(tmp_path, EEN, "een")
    (tmp_path / ".versies" / ".bezig-dood").mkdir()
    (tmp_path / ".versies" / ".bezig-dood" / "half.parquet").write_text("half", encoding="utf-8")
    (tmp_path / ".versies" / "2023-01-31-nooitgekoppeld").mkdir()
    (tmp_path / ".koppeling-dood").symlink_to(".versies/weg")
    (tmp_path / ".CURRENT-dood").write_text("2023-01-31", encoding="utf-8")
    assert (store.in_use(tmp_path), store.peildata(tmp_path)) == (een, [EEN])
    twee = publish(tmp_path, TWEE, "twee")
    assert sorted(pad.name for pad in tmp_path.iterdir()) == [".versies", "2022-12-31", "2023-01-31", "CURRENT"]
    assert sorted((tmp_path / ".versies").iterdir()) == sorted([een, twee])


@pytest.mark.parametrize("faalt_bij", ["rename", "symlink_to", "replace", "write_text"])
def test_failing_disk_leaves_the_old_snapshot_in_use_and_no_debris(tmp_path, monkeypatch, faalt_bij):
    een = publish(tmp_path, EEN, "een")
    voor = contents_of(tmp_path)
    monkeypatch.setattr(Path, faalt_bij, Mock(side_effect=OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space left"):
        publish(tmp_path, EEN, "twee")
    assert store.in_use(tmp_path) == een
    assert contents_of(tmp_path) == voor


def test_ordinary_folder_in_the_place_of_a_snapshot_is_named_and_kept(tmp_path):
    (tmp_path / "2022-12-31").mkdir()
    with pytest.raises(store.SnapshotError, match="gewone map"):
        publish(tmp_path, EEN, "een")
    assert [pad.name for pad in tmp_path.iterdir()] == ["2022-12-31"]


@pytest.mark.parametrize("inhoud", ["", "../../elders", "2022-13-31", "2023-01-31"])
def test_damaged_current_means_no_snapshot_and_never_another_folder(tmp_path, inhoud):
    publish(tmp_path, EEN, "een")
    (tmp_path / "CURRENT").write_text(inhoud, encoding="utf-8")
    assert store.in_use(tmp_path) is None
