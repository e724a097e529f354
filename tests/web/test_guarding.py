"""Who may ask: hosts, keys, pages of others, sizes, and the headers of every answer."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from allegata.web.guarding import HEADERS, MOST_BODY_BYTES, Guard

TOKEN = "the-key"
PORT = 8765
COOKIE = {"cookie": f"allegata-{PORT}={TOKEN}"}
HERE = f"http://127.0.0.1:{PORT}"


async def _read(request) -> PlainTextResponse:
    body = await request.body()
    return PlainTextResponse(f"{request.method} {len(body)}")


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=[Route("/{path:path}", _read, methods=["GET", "POST", "PUT"])])
    return TestClient(Guard(app, token=TOKEN, port=PORT), base_url=HERE, follow_redirects=False)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (f"127.0.0.1:{PORT}", 200),
        (f"localhost:{PORT}", 200),
        (f"[::1]:{PORT}", 200),
        ("evil.test", 403),
        (f"evil.test:{PORT}", 403),
        (f"127.0.0.1.evil.test:{PORT}", 403),
        ("127.0.0.1", 403),
        ("127.0.0.1:9999", 403),
        (f"0.0.0.0:{PORT}", 403),
        (f"LOCALHOST:{PORT}", 403),
        ("", 403),
    ],
)
def test_only_requests_addressed_to_this_machine_are_answered(client, host, status):
    assert client.get("/", headers={**COOKIE, "host": host}).status_code == status


def test_the_key_is_exchanged_for_a_cookie_that_scripts_and_other_sites_never_see(client):
    answer = client.get(f"/incidents/i1?order=date&token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/incidents/i1?order=date"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["//evil.test/", "/\\evil.test/", "///evil.test", "/https:evil"])
def test_the_key_never_leads_out_of_this_server(client, path):
    answer = client.get(f"{HERE}{path}?token={TOKEN}")
    target = answer.headers["location"]
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cookie": f"allegata-{PORT}=wrong"},
        {"cookie": f"allegata-9999={TOKEN}"},
        {"cookie": "="},
        {"cookie": f"allegata-{PORT}="},
        {"authorization": f"Bearer {TOKEN}"},
    ],
)
def test_without_the_key_nobody_gets_in(client, headers):
    answer = client.get("/", headers=headers)
    assert answer.status_code == 403
    assert "allegata serve" in answer.text


def test_a_wrong_key_in_the_address_is_no_key(client):
    assert client.get("/?token=wrong").status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin", "origin": HERE}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site", "origin": "null"}, 403),
        ({"origin": HERE}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "malformed"}, 403),
        ({"sec-fetch-site": ""}, 403),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": f"https://127.0.0.1:{PORT}"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "http://evil.test"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, 403),
        ({}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_only_pages_of_this_server_change_something(client, method, headers, status):
    answer = client.request(method, "/decisions", headers={**COOKIE, **headers})
    assert answer.status_code == status


def test_a_body_larger_than_a_form_is_refused_before_it_is_read(client):
    headers = {**COOKIE, "origin": HERE}
    assert client.post("/", headers=headers, content=b"x" * MOST_BODY_BYTES).status_code == 200
    answer = client.post("/", headers=headers, content=b"x" * (MOST_BODY_BYTES + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e9", "99999999999999999999", "٣"])
def test_a_length_that_is_none_is_refused(client, length):
    headers = {**COOKIE, "origin": HERE, "content-length": length.encode()}
    assert client.post("/", headers=headers).status_code == 413


def test_a_far_too_long_address_is_refused(client):
    assert client.get("/?kind=" + "x" * 9000, headers=COOKIE).status_code == 414


@pytest.mark.parametrize("path", ["/", "/?token=wrong", f"/?token={TOKEN}"])
def test_every_answer_carries_the_headers(client, path):
    for headers in ({}, COOKIE):
        answer = client.get(path, headers=headers)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert answer.headers["cache-control"] == "no-store"


def test_the_policy_lets_nothing_foreign_or_inline_run():
    policy = HEADERS["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
