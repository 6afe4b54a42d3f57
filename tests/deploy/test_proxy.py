"""The proxy of deploy/ as it is, a real nginx in front of the real application."""

import asyncio
import os
import re
import shutil
import ssl
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.asyncio.client import connect

from tests import towns
from tests.browser import application
from tests.deploy import proxy as proxy_of_deploy

HOST = "intern.gemeente.example"

pytestmark = pytest.mark.skipif(
    not shutil.which("nginx") and not os.environ.get("CI"), reason="no nginx on this machine"
)


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The ports of http and https, in front of the application in both names."""
    with (
        application.running(towns.demo()) as address,
        proxy_of_deploy.running(
            tmp_path_factory.mktemp("nginx"), HOST, {"127.0.0.1:850[12]": address[7:]}, "nginx-replicas.conf"
        ) as ports,
    ):
        yield ports


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


def test_a_file_passes_the_proxy_and_is_refused_behind_it_without_a_steward(proxy):
    more_than_nginx_takes_by_itself = b"x" * 2_000_000
    address = f"https://127.0.0.1:{proxy[1]}/_stcore/upload_file/session/file"
    answer = httpx.put(address, content=more_than_nginx_takes_by_itself, headers={"Host": HOST}, verify=False)
    assert answer.status_code == 404 and "Deze pagina bestaat niet" in answer.text


def test_whether_all_is_well_is_told_to_the_machine_itself(ask):
    answer = ask("/gezond")
    # All but the publication, which the intern view does not need.
    assert answer.status_code == 200 and answer.json()["levering"]["heel"]
    locations = (proxy_of_deploy.DEPLOY / "nginx-locations.conf").read_text(encoding="utf-8")
    assert re.search(r"location /gezond \{[^}]*allow 127\.0\.0\.1;\s*deny all;", locations)


def test_a_page_keeps_its_connection_open_through_the_proxy(proxy):
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    how = {"ssl": trusting, "origin": f"https://{HOST}", "subprotocols": ["streamlit"]}

    # What reads and what writes in two threads can lose a request over TLS; in one of its own it has its own loop.
    async def first_answer() -> bytes:
        async with connect(f"wss://{HOST}/_stcore/stream", host="127.0.0.1", port=proxy[1], **how) as opened:
            await opened.send(BackMsg(rerun_script=ClientState(query_string="")).SerializeToString())
            return await asyncio.wait_for(opened.recv(), 30)

    with ThreadPoolExecutor() as other:
        assert other.submit(asyncio.run, first_answer()).result()
