"""What wraps every answer: hosts, origins, methods and headers."""

import pytest
from starlette.testclient import TestClient

from app.web.shield import HEADERS
from tests.makers import a_case
from tests.world import World

OURS = "http://testserver"


def client(app: object, **headers: str) -> TestClient:
    found = TestClient(app, base_url=OURS, follow_redirects=False)  # type: ignore[arg-type]
    found.headers.update(headers)
    return found


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, 403),
        ({"Origin": OURS}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "//testserver"}, 403),
        ({}, 403),
    ],
)
def test_a_post_is_taken_only_from_our_own_pages(
    app: object, headers: dict[str, str], status: int
) -> None:
    assert client(app, **headers).post("/sign-out").status_code == status


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "", "127.0.0.2", "[", "[::1", "]", "[v1.x]"]
)
def test_a_foreign_host_is_refused(app: object, host: str) -> None:
    answer = client(app).get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text or not host
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("charset", "typed"),
    [("utf-7", b"+2AA-"), ("unicode_escape", rb"\ud800"), ("undefined", b"x"), ("punycode", b"-x")],
)
def test_a_form_in_another_charset_is_not_read(app: object, charset: str, typed: bytes) -> None:
    part = b'--zz\r\nContent-Disposition: form-data; name="next"\r\n\r\n' + typed
    kind = f"multipart/form-data; boundary=zz; charset={charset}"
    answer = client(app, Origin=OURS).post(
        "/sign-in", content=part + b"\r\n--zz--\r\n", headers={"Content-Type": kind}
    )
    assert answer.status_code == 415
    assert "could not be read" in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_methods_nobody_offers_are_refused(app: object, method: str) -> None:
    assert client(app, Origin=OURS).request(method, "/sign-in").status_code == 405


def test_an_override_of_the_method_is_ignored(app: object) -> None:
    answer = client(app, Origin=OURS).get(
        "/sign-in?_method=DELETE", headers={"X-HTTP-Method-Override": "DELETE"}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/sign-in", "/", "/cases/1", "/nowhere", "/cases/0", "/static/x"])
def test_every_answer_carries_the_same_headers(app: object, path: str) -> None:
    answer = client(app).get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, (path, name)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def test_a_failure_of_ours_carries_them_too_and_tells_nothing(world: World, app: object) -> None:
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
        connection.exec_driver_sql("ALTER TABLE sign_in_sessions RENAME TO elsewhere")
    found = TestClient(
        app,  # type: ignore[arg-type]
        base_url=OURS,
        raise_server_exceptions=False,
        cookies={"sid": "x"},
    )
    answer = found.get("/cases")
    assert answer.status_code == 500
    assert "Say this reference" in answer.text
    assert "sqlite" not in answer.text.lower()
    assert "Traceback" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_addresses_are_not_mended_by_redirects(app: object) -> None:
    assert client(app).get("/cases/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/static/../../etc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2fetc%2fpasswd",
        "/cases/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    ],
)
def test_an_address_that_climbs_out_is_not_found(app: object, path: str) -> None:
    found = client(app)
    address = found.base_url.copy_with(raw_path=path.encode())
    answer = found.send(found.build_request("GET", address))
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_the_last_of_a_repeated_parameter_counts(world: World, browse) -> None:
    a_case(world, reference="C-ONE")
    a_case(world, reference="C-TWO")
    page = browse("tess").get("/cases?reference=C-ONE&reference=C-TWO")
    assert "C-TWO" in page
    assert ">C-ONE<" not in page


@pytest.mark.parametrize(
    "path", ["/cases/0", "/cases/-1", "/cases/abc", f"/cases/{10**30}", "/cases/1%00", "/cases/%ff"]
)
def test_an_address_that_is_no_case_is_not_found(world: World, browse, path: str) -> None:
    browse("tess").get(path, 404)


def test_a_foreign_case_and_an_absent_one_answer_byte_for_byte_alike(world: World, browse) -> None:
    theirs = a_case(world, "South")
    tess = browse("tess").client
    absent, foreign = tess.get("/cases/987654"), tess.get(f"/cases/{theirs}")
    assert absent.status_code == foreign.status_code == 404
    assert absent.text == foreign.text


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_schema_is_not_published(app: object, path: str) -> None:
    assert client(app).get(path).status_code == 404


def test_a_body_over_a_mebibyte_is_refused(world: World, browse) -> None:
    tess = browse("tess").client
    answer = tess.post("/sign-out", data={"note": "x" * (1024 * 1024 + 1)})
    assert answer.status_code == 413
    assert "<h1" in answer.text
    assert "larger than this page takes. Nothing was saved." in answer.text
