"""The proxy of deploy/ as it is, a real nginx in front of the real application."""

import contextlib
import re
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.sync.client import connect

from tests import towns
from tests.browser import application

DEPLOY = Path(application.ROOT) / "deploy"
HOST = "intern.gemeente.example"

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx on this machine")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The ports of http and https, in front of the application in both names."""
    folder, http, https = tmp_path_factory.mktemp("nginx"), application.free_port(), application.free_port()
    (folder / "tls").mkdir()
    for name in ("intern", "openbaar"):
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
        files = ["-keyout", f"{folder}/tls/{name}.key", "-out", f"{folder}/tls/{name}.pem"]
        subprocess.run([*made, *files], check=True, capture_output=True)
    with application.running(towns.demo()) as address:
        behind = address.removeprefix("http://")
        for name in ("nginx.conf", "nginx-locations.conf"):
            text = (DEPLOY / name).read_text(encoding="utf-8").replace("/etc/monitor", str(folder))
            text = text.replace("/var/log/monitor", str(folder))
            text = re.sub(r"127\.0\.0\.1:850\d", behind, text).replace("listen 80;", f"listen {http};")
            (folder / name).write_text(text.replace("listen 443 ssl;", f"listen {https} ssl;"))
        main = f"daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}}\nhttp {{ access_log off; "
        (folder / "main.conf").write_text(f"{main} include {folder}/nginx.conf; }}")
        run = ["nginx", "-p", str(folder), "-c", str(folder / "main.conf")]
        subprocess.run([*run, "-t"], check=True, capture_output=True)
        server = subprocess.Popen(run)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and server.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", https), timeout=1):
                break
            time.sleep(0.05)
        yield http, https
        server.terminate()
        server.wait(timeout=15)


@pytest.fixture
def ask(proxy):
    with httpx.Client(verify=False, headers={"Host": HOST}) as client:
        yield lambda path, **how: client.get(f"https://127.0.0.1:{proxy[1]}{path}", **how)


def test_http_leads_to_https(proxy):
    answer = httpx.get(f"http://127.0.0.1:{proxy[0]}/overdracht?stadsdeel=Noord", headers={"Host": HOST})
    assert answer.status_code == 301
    assert answer.headers["location"] == f"https://{HOST}/overdracht?stadsdeel=Noord"


def test_a_page_comes_with_its_headers_small_and_the_numbers_of_the_server_do_not(ask):
    answer = ask("/overdracht", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200 and "Monitor inburgering" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "max-age" in answer.headers["strict-transport-security"] and "nginx/" not in answer.headers["server"]
    script = re.search(r'src="\./(static/[^"]+\.js)"', answer.text)[1]
    assert ask(f"/{script}", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert ask("/_stcore/metrics").status_code == 404


def test_whether_all_is_well_is_told_to_the_machine_itself(ask):
    answer = ask("/gezond")
    # All but the publication, which the intern view does not need.
    assert answer.status_code == 200 and answer.json()["levering"]["heel"]
    assert re.search(
        r"location /gezond \{[^}]*allow 127\.0\.0\.1;\s*deny all;", (DEPLOY / "nginx-locations.conf").read_text()
    )


def test_a_page_keeps_its_connection_open_through_the_proxy(proxy):
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    how = {"ssl": trusting, "origin": f"https://{HOST}", "subprotocols": ["streamlit"]}
    line = socket.create_connection(("127.0.0.1", proxy[1]))
    with connect(f"wss://{HOST}/_stcore/stream", sock=line, **how) as opened:
        opened.send(BackMsg(rerun_script=ClientState(query_string="")).SerializeToString())
        assert opened.recv(timeout=30)
