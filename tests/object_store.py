"""A real S3-compatible server (SeaweedFS) on this machine, with a writer and a reader who have different rights."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

BUCKET = "monitor"
# Where the reader may read, and nothing else.
OPEN = "haarlem/publicaties"
WRITER, READER = "schrijver", "lezer"
PROGRAM = shutil.which("weed", path=str(Path(sys.executable).parent))


def secret_of(who: str) -> str:
    return f"het-geheim-van-de-{who}"


def _free_ports(number: int) -> list[int]:
    """Ports whose neighbours ten thousand higher, where the parts of the server talk, are free too."""
    found: list[int] = []
    with contextlib.ExitStack() as held:
        while len(found) < number:
            listener, above = (held.enter_context(socket.socket()) for _ in range(2))
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                above.bind(("127.0.0.1", port + 10_000))
                found.append(port)
    return found


@contextlib.contextmanager
def running(folder: Path) -> Iterator[dict[str, str]]:
    """The server, with its data in a folder; gives the environment of who writes there."""
    if PROGRAM is None:
        pytest.skip("no program weed for this kind of machine")
    folder.mkdir(parents=True)
    # Who may all, makes the bucket by his first file.
    may = {WRITER: ["Admin", "Read", "Write", "List"], READER: [f"Read:{BUCKET}/{OPEN}/*"]}
    identities = [
        {"name": who, "credentials": [{"accessKey": who, "secretKey": secret_of(who)}], "actions": actions}
        for who, actions in may.items()
    ]
    (folder / "s3.json").write_text(json.dumps({"identities": identities}))
    s3, master, volume, filer = _free_ports(4)
    command = [PROGRAM, "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}", "-volume.max=8"]
    command += [
        f"-master.port={master}",
        f"-volume.port={volume}",
        f"-filer.port={filer}",
        "-master.volumeSizeLimitMB=64",
    ]
    command += ["-s3", f"-s3.port={s3}", f"-s3.config={folder / 's3.json'}", "-s3.iam=false"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(server, s3, folder / "log")
        yield environment(f"http://127.0.0.1:{s3}", WRITER)
    finally:
        server.kill()
        server.wait()
        for port in (s3, master, volume, filer, *(port + 10_000 for port in (s3, master, volume, filer))):
            for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
                left.unlink()


def environment(endpoint: str, who: str) -> dict[str, str]:
    """What somebody of these sets to reach the server."""
    own = {"AWS_ENDPOINT_URL": endpoint, "AWS_ALLOW_HTTP": "true", "AWS_REGION": "eu-central-1"}
    return own | {"AWS_ACCESS_KEY_ID": who, "AWS_SECRET_ACCESS_KEY": secret_of(who)}


def _wait(server: subprocess.Popen, port: int, log: Path) -> None:
    """Until it answers, if only that it knows nobody without a key."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/{BUCKET}", timeout=2)
        except urllib.error.HTTPError as answer:
            if answer.code in (403, 404):
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
