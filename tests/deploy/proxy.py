"""The proxy of deploy/ as it is, on free ports and in front of what the tests run."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.browser import application

DEPLOY = Path(application.ROOT) / "deploy"


@contextlib.contextmanager
def running(folder: Path, host: str, instead: Mapping[str, str], *more: str) -> Iterator[tuple[int, int]]:
    """A real nginx with its files in a folder; gives the ports of http and https.

    host: the name in its certificates. instead: what is written in the place of what matches. more: files of deploy/
    beside nginx.conf.
    """
    http, https = application.free_port(), application.free_port()
    (folder / "tls").mkdir(parents=True)
    for name in ("intern", "openbaar"):
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}"]
        files = ["-keyout", f"{folder}/tls/{name}.key", "-out", f"{folder}/tls/{name}.pem"]
        subprocess.run([*made, *files], check=True, capture_output=True)
    own = {"/etc/monitor": str(folder), "listen 80;": f"listen {http};", "listen 443 ssl;": f"listen {https} ssl;"}
    for name in ("nginx.conf", "nginx-locations.conf", *more):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        for pattern, found in (own | instead).items():
            text = re.sub(pattern, lambda _, found=found: found, text)
        (folder / name).write_text(text)
    included = " ".join(f"include {folder}/{name};" for name in (*more, "nginx.conf"))
    main = f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}"
    (folder / "main.conf").write_text(f"{main}\nhttp {{ access_log {folder}/access.log; {included} }}")
    run = ["nginx", "-p", str(folder), "-c", str(folder / "main.conf")]
    subprocess.run([*run, "-t"], check=True, capture_output=True)
    server = subprocess.Popen(run)
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and server.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", https), timeout=1):
                break
            time.sleep(0.05)
        yield http, https
    finally:
        server.terminate()
        server.wait(timeout=15)
