"""Several machines with one store, a real S3-compatible server: what is put there is seen whole, or not at all."""

import os
import re
import subprocess
import sys
import threading
from itertools import chain
from pathlib import Path
from unittest import mock

import pytest

import queries
from data.demo import first_start, municipality
from data.snapshots import manage, remote, store
from data.snapshots.manifest import Manifest
from data.snapshots.store import SnapshotError
from deploy import controleer, kopie
from queries.openbaar import publication, publish, register
from tests import object_store, towns
from tests.data.conftest import EERDER, PEILDATUM, contents_of, persons, take_in

SALT = "0123456789abcdefghijklmnopqrstuvwxyz"
ROOT = Path(queries.__file__).parents[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with object_store.running(tmp_path_factory.mktemp("s3") / "data") as environment:
        yield environment


@pytest.fixture
def machine(server, tmp_path, monkeypatch):
    """A function that makes this process one of a machine by its name; each begins with nothing seen."""
    monkeypatch.setenv("WI_DATA", f"s3://{object_store.BUCKET}/{tmp_path.name}")
    monkeypatch.setattr(remote, "_DEBRIS", remote.timedelta(0))

    def machine(name, **settings):
        for variable, value in (server | settings).items():
            monkeypatch.setenv(variable, value)
        monkeypatch.setattr(store, "SNAPSHOTS", tmp_path / name / "snapshots")
        for module in (store, publication, publish, queries):
            monkeypatch.setattr(module, "PUBLICATIES", tmp_path / name / "publicaties")
        monkeypatch.setenv("WI_REGISTER", str(tmp_path / name / "register"))
        remote._copy.cache_clear()
        return store.SNAPSHOTS

    return machine


def there(part="snapshots"):
    """Where the files of a part lie in the store, of a machine that this process is now."""
    copy = store.copy_of(store.SNAPSHOTS)
    found = chain.from_iterable(remote.obstore.list(copy._store, part))
    return {each["path"].removeprefix(f"{part}/"): each["path"] for each in found}


def taken_in(root, make_delivery, number, day=PEILDATUM):
    return take_in(make_delivery(f"levering-{number}-{day}", inburgeraar=persons(number)), day, root)


def whole(root):
    """All that counts in a folder."""
    return {name: digest for name, digest in contents_of(root).items() if name != store.MARKER}


def test_what_is_done_on_one_machine_holds_on_the_others(machine, make_delivery):
    one = machine("een")
    taken_in(one, make_delivery, 3, EERDER)
    taken_in(one, make_delivery, 5)
    two = machine("twee")
    assert store.in_use(two) == store.folder_of(PEILDATUM, two) and store.trouble(two) is None
    assert whole(two) == whole(one) and manage.is_whole(store.in_use(two))
    assert {path.stat().st_mode & 0o077 for path in (two, *two.rglob("*")) if not path.is_symlink()} == {0}
    # Another process finds all there, and changes nothing: it may be one that cannot write here.
    made = (two / store.CURRENT).stat().st_ino
    assert store.in_use(machine("twee")) and (two / store.CURRENT).stat().st_ino == made
    # Each way of changing what is kept, from the second; the first sees it when it looks again.
    for change in (
        lambda: manage.go_back(EERDER, two),
        lambda: manage.remove(EERDER, two),
        lambda: manage.forget_rows(0, two),
        lambda: taken_in(two, make_delivery, 7),
    ):
        change()
        machine("een")
        store.copy_of(one).refresh()
        assert store.in_use(one).name == store.in_use(two).name and store.peildata(one) == store.peildata(two)
        versions = {str(link.readlink()) for link in one.glob("2*")}
        assert all(remote.contents(one / each) == remote.contents(two / each) for each in versions)
        # Nothing is left there that does not count.
        assert {name.rpartition("/")[0].removesuffix("/afgekeurd") for name in there()} - {""} <= versions | {
            f"{each}/{part}" for each in versions for part in manage.ASIDE
        }
        machine("twee")


def test_a_publication_and_the_register_go_along(machine, tmp_path):
    snapshot = tmp_path / "snapshot"
    municipality.maak(snapshot, towns.DAY, personen=150)
    Manifest.read(snapshot).model_copy(update={"herkomst": "levering"}).write(snapshot)
    with towns.with_few_questions():
        machine("een")
        made = publish.publish(snapshot, store.PUBLICATIES, SALT)
        machine("twee")
        read = queries.open_publication()
        assert read.manifest == publication.PublicationManifest.read(made)
        assert (read.folder / "open_data").is_dir()
        Manifest.read(snapshot).model_copy(update={"peildatum": towns.EARLIER}).write(snapshot)
        with pytest.raises(publish.PublicationError, match="ander zout"):
            publish.publish(snapshot, store.PUBLICATIES, SALT[::-1])
        assert [each.name[:6] for each in register.versions(store.register())] == ["000001"]
    assert not any("register" in name for name in there("publicaties"))


def test_who_is_killed_while_writing_leaves_what_was_in_use(machine, make_delivery):
    one = machine("een")
    taken_in(one, make_delivery, 3)
    before, put, done = whole(one), remote.obstore.put, []

    def killed(*asked, **how):
        if len(done) == number:
            raise KeyboardInterrupt
        done.append(asked[1])
        return put(*asked, **how)

    for number in (0, 4, 20):
        done.clear()
        machine("een")
        with mock.patch.object(remote.obstore, "put", killed), pytest.raises(KeyboardInterrupt):
            take_in(make_delivery(f"nieuw-{number}", inburgeraar=persons(9)), PEILDATUM, one)
        # Seen by who was there, and by who comes new.
        for name in ("een", f"nieuw-{number}"):
            root = machine(name)
            assert store.in_use(root).name == Path(before["2022-12-31"]).name
        assert done[number - 1 : number] == [] or done[-1].removeprefix("snapshots/") in there()
    assert f"snapshots/{remote.STAND}" not in done
    taken_in(machine("een"), make_delivery, 5)
    assert {name.split("/")[1] for name in there() if "/" in name} == {store.in_use(one).name}


def test_of_two_writers_at_once_neither_loses_what_the_other_wrote(machine, make_delivery):
    two = machine("twee")
    taken_in(two, make_delivery, 3, EERDER)
    late = store.copy_of(two)
    one = machine("een")
    taken_in(one, make_delivery, 5)
    machine("twee")
    with (
        mock.patch.object(remote, "of", lambda root, _: late),
        mock.patch.object(late, "refresh"),
        pytest.raises(SnapshotError, match="Een andere machine heeft intussen"),
    ):
        take_in(make_delivery("ander", inburgeraar=persons(9)), PEILDATUM, two)
    assert not (two / str(PEILDATUM)).exists()
    machine("twee")
    assert store.peildata(two) == [EERDER, PEILDATUM] and store.in_use(two).name == store.in_use(one).name


def test_a_write_whose_answer_was_lost_counts(machine, make_delivery):
    one, put = machine("een"), remote.obstore.put

    def lost(*asked, **how):
        done = put(*asked, **how)
        if asked[1].endswith(remote.STAND):
            raise OSError("connection reset")
        return done

    with mock.patch.object(remote.obstore, "put", lost):
        taken_in(one, make_delivery, 3)
    assert store.in_use(machine("twee"))


def test_a_file_that_was_changed_is_refused_there_and_fetched_again_here(machine, make_delivery):
    one = machine("een")
    taken_in(one, make_delivery, 3, EERDER)
    two = machine("twee")
    assert store.in_use(two)
    machine("een")
    taken_in(one, make_delivery, 5)
    name = there()[f"{store.in_use(one).relative_to(one)}/inburgeraar.parquet"]
    good = bytes(remote.obstore.get(store.copy_of(one)._store, name).bytes())
    remote.obstore.put(store.copy_of(one)._store, name, b"iets anders")
    machine("twee")
    assert store.in_use(two) == store.folder_of(EERDER, two) and store.peildata(two) == [EERDER]
    assert "/inburgeraar.parquet niet meer wat het was" in store.trouble(two)
    with pytest.raises(SnapshotError, match="niet meer wat het was"):
        manage.go_back(EERDER, two)
    remote.obstore.put(store.copy_of(two)._store, name, good)
    store.copy_of(two).follow()
    assert store.trouble(two) is None and store.in_use(two) == store.folder_of(PEILDATUM, two)
    # Damaged on this machine, it is fetched again by the next process.
    (store.in_use(two) / "inburgeraar.parquet").write_bytes(b"")
    machine("twee")
    assert manage.is_whole(store.in_use(two))


def test_without_the_store_a_machine_goes_on_with_what_it_has_and_says_so(machine, make_delivery, caplog, monkeypatch):
    one = machine("een")
    taken_in(one, make_delivery, 3)
    away = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    monkeypatch.setattr(remote, "_PATIENCE", {"max_retries": 0})
    machine("een", **away)
    assert queries.open_database().peildatum == PEILDATUM and queries.behind()
    with pytest.raises(SnapshotError, match="niet te bereiken"):
        taken_in(one, make_delivery, 5)
    assert "niet te bereiken" in caplog.text and len(caplog.records) == 1
    machine("twee", **away)
    for opened in (queries.open_database, queries.open_publication):
        with pytest.raises(queries.NoSnapshot, match="nu niet op te halen"):
            opened()
    # Nor is a demo shown in the place of figures that are only out of reach.
    with pytest.raises(SnapshotError, match="niet te bereiken"):
        first_start.ensure_snapshot()
    assert object_store.secret_of(object_store.WRITER) not in caplog.text


def test_who_has_no_rights_is_told_so(machine, make_delivery, server, monkeypatch):
    monkeypatch.setenv("WI_DATA", f"s3://{object_store.BUCKET}/haarlem")
    one, reader = machine("een"), object_store.environment(server["AWS_ENDPOINT_URL"], object_store.READER)
    taken_in(one, make_delivery, 3)
    shown = {key: frame.head(1) for key, frame in towns.shown().items() if key[1].soort == "stad"}
    with store.exclusive(store.PUBLICATIES):
        publish.put_in_use(shown, publication.PublicationManifest.read(towns.published()), store.PUBLICATIES)
    root = machine("twee", **reader)
    assert queries.open_publication().peildatum == towns.DAY
    assert store.in_use(root) is None and "mag dit niet" in store.trouble(root)
    with pytest.raises(SnapshotError, match="mag dit niet"), store.exclusive(store.PUBLICATIES):
        store.switch_to(None, store.PUBLICATIES)
    root = machine("drie", AWS_SECRET_ACCESS_KEY="verkeerd")
    assert store.in_use(root) is None and "mag dit niet" in store.trouble(root)


def test_a_folder_with_something_of_its_own_fills_an_empty_store_and_is_not_emptied_by_another(
    machine, make_delivery, monkeypatch
):
    one = machine("een")
    monkeypatch.delenv("WI_DATA")
    taken_in(one, make_delivery, 3, EERDER)
    before = contents_of(one)
    monkeypatch.setenv("WI_DATA", f"s3://{object_store.BUCKET}/later")
    machine("een")
    assert store.in_use(one) and contents_of(one) == before
    taken_in(one, make_delivery, 5)
    two = machine("twee")
    assert store.peildata(two) == [EERDER, PEILDATUM]
    monkeypatch.setenv("WI_DATA", f"s3://{object_store.BUCKET}/ander")
    three = machine("drie")
    taken_in(three, make_delivery, 7)
    machine("twee")
    assert store.peildata(two) == [EERDER, PEILDATUM] and "staat wat niet in de opslag" in store.trouble(two)


def test_the_check_of_a_machine_says_who_may_do_what_there(machine, server, monkeypatch):
    monkeypatch.setenv("WI_DATA", f"s3://{object_store.BUCKET}/haarlem")
    reader = object_store.environment(server["AWS_ENDPOINT_URL"], object_store.READER)
    machine("een")
    assert list(controleer.shared("intern")) == []
    told = [words for words, remark in controleer.shared("openbaar") if not remark]
    assert [re.search(r"bij (\w+) te veel", each)[1] for each in told] == ["snapshots", "publicaties", "register"]
    machine("twee", **reader)
    assert list(controleer.shared("openbaar")) == []
    told = [words for words, remark in controleer.shared("intern") if not remark]
    assert told == [controleer.WRONG["store_shut"].format(name=each) for each in ("snapshots", "register")]
    machine("een")
    with mock.patch.object(remote.obstore, "put", lambda *asked, **how: None):
        assert "houdt twee schrijvers niet uit elkaar" in next(controleer.shared("intern"))[0]
    monkeypatch.delenv("WI_DATA")
    assert list(controleer.shared("intern")) == []


def test_a_copy_holds_what_is_in_the_store_and_put_back_fills_an_empty_one(
    machine, make_delivery, tmp_path, monkeypatch, capsys
):
    one, file = machine("een"), str(tmp_path / "kopie.tar")
    taken_in(one, make_delivery, 3)
    machine("twee")
    assert kopie.main(["--naar", file, "--instellingen", str(tmp_path / "etc")]) == 0
    monkeypatch.setenv("WI_DATA", f"s3://{object_store.BUCKET}/terug")
    three = machine("drie")
    assert kopie.main(["--terug", file, "--instellingen", str(tmp_path / "etc")]) == 0
    assert "lege opslag krijgt ze" in capsys.readouterr().out and whole(three) == whole(one)
    manage.tidy(1, three)
    assert whole(machine("vier")) == {} and store.in_use(store.SNAPSHOTS) and whole(store.SNAPSHOTS) == whole(one)


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a//b", "a/./b", ""])
def test_a_path_that_leads_out_of_the_folder_is_refused(path):
    for bad in ({"mappen": {path: {}}}, {"mappen": {"a": {path: "0"}}}, {"dagen": {"2022-12-31": path}}):
        with pytest.raises(ValueError):
            remote.Stand.model_validate(bad)


def test_without_a_store_nothing_of_it_is_read_and_what_is_none_is_refused(tmp_path, monkeypatch):
    code = "import sys, queries; from data.snapshots import store; store.in_use(); assert 'obstore' not in sys.modules"
    own = {name: value for name, value in os.environ.items() if name != "WI_DATA"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=own, check=True)
    monkeypatch.setenv("WI_DATA", "geen adres")
    with pytest.raises(SnapshotError, match="niet te lezen"):
        store.in_use(store.SNAPSHOTS)


def test_a_server_looks_again_by_itself(machine, make_delivery, monkeypatch):
    one = machine("een")
    monkeypatch.setattr(remote, "EVERY", 0.05)
    looked, follow = threading.Event(), remote.Copy.follow
    monkeypatch.setattr(remote.Copy, "follow", lambda copy: (follow(copy), looked.set()))
    two = machine("twee")
    stop = queries.follow()
    try:
        assert looked.wait(20) and not (two / store.CURRENT).exists()
        machine("een")
        taken_in(one, make_delivery, 3)
        # A look that began after it, and its end; of the publications too.
        for _ in range(4):
            looked.clear()
            assert looked.wait(20)
        assert (two / store.CURRENT).exists()
    finally:
        stop()
