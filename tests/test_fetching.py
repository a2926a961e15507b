"""Fetching pages: from real local servers, within bounds, never from a private network unless that is allowed."""

import gzip
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from socket import getaddrinfo  # the real one: the tests' network is shut after this import
from typing import Any

import pytest
import trustme
from support.scripted_server import Reply, ScriptedServer

from summarizer.articles import connecting
from summarizer.articles.decoding import MAX_PAGE_BYTES
from summarizer.articles.fetching import MAX_REDIRECTS, fetch, without_login
from summarizer.errors import InputError

PAGE = "<!doctype html><html><body><p>Le moulin reste fermé.</p></body></html>"
HTML = {"content-type": "text/html; charset=utf-8"}
PASSWORD = "hush-hush"

Play = Callable[..., ScriptedServer]


def page(body: Any = PAGE, **headers: str) -> Reply:
    return Reply(body=body, headers={**HTML, **{name.replace("_", "-"): value for name, value in headers.items()}})


def redirect(place: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"location": place})


def at(server: ScriptedServer, path: str = "/story", host: str = "127.0.0.1") -> str:
    return f"http://{host}:{server.base_url.rsplit(':', 1)[1].removesuffix('/v1')}{path}"


def refusal(url: str, **arguments: Any) -> InputError:
    """The error that `url` ends in; it always says what to do next."""
    with pytest.raises(InputError) as caught:
        fetch(url, **arguments)
    assert caught.value.hint
    return caught.value


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What name servers would say; numeric addresses in any spelling are read by the system, as ever."""
    known: dict[str, list[str]] = {}

    def resolve(host: str, port: int) -> list[str]:
        if host in known:
            return known[host]
        found = getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(entry[4][0]) for entry in found]

    monkeypatch.setattr(connecting, "resolve", resolve)
    return known


@contextmanager
def raw_server(answer: Callable[[socket.socket], None], context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server that does what it likes with each connection; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening, ExitStack() as open_ones:

        def serve() -> None:
            with suppress(OSError):  # closed in the end
                while True:
                    plain, _ = listening.accept()
                    with suppress(OSError):
                        connection = context.wrap_socket(plain, server_side=True) if context else plain
                        open_ones.callback(connection.close)
                        threading.Thread(target=talk, args=(connection,), daemon=True).start()

        def talk(connection: socket.socket) -> None:
            with suppress(OSError), connection:
                answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


# What comes back


def test_a_page_comes_with_its_address_and_what_the_header_says(play: Play) -> None:
    server = play(page(content_type="Text/HTML; charset=ISO-8859-1"))
    found = fetch(at(server, "/a b?q=é#part"), allow_private=True)
    assert found.raw == PAGE.encode()
    assert (found.charset, found.content_type) == ("iso-8859-1", "text/html")
    assert found.url == at(server, "/a%20b?q=%C3%A9")
    assert server.requests[0].path == "/a%20b?q=%C3%A9"


def test_the_request_is_honest_and_carries_nothing_of_the_user(play: Play) -> None:
    server = play(redirect("/next", 301), page())
    fetch(at(server), allow_private=True)
    for request in server.requests:
        assert request.method == "GET"
        assert request.headers["user-agent"].startswith("summarizer")
        assert {"accept-language", "cookie", "authorization", "referer"}.isdisjoint(request.headers)


def test_cookies_are_not_kept(play: Play) -> None:
    reply = Reply(status=302, headers={"location": "/next", "set-cookie": "reader=1; Path=/"})
    server = play(reply, page())
    fetch(at(server), allow_private=True)
    assert "cookie" not in server.requests[1].headers


def test_redirects_are_followed_to_a_bound(play: Play) -> None:
    server = play(*[redirect(f"hop{number}") for number in range(MAX_REDIRECTS)], page())
    assert fetch(at(server), allow_private=True).url == at(server, f"/hop{MAX_REDIRECTS - 1}")
    server = play(*[redirect("/on") for _ in range(MAX_REDIRECTS + 1)], page())
    assert "redirects more than 5 times" in refusal(at(server), allow_private=True).message
    assert len(server.requests) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("coding", ["gzip", "deflate", "GZip"])
def test_packed_pages_are_unpacked(play: Play, coding: str) -> None:
    packed = zlib.compress(PAGE.encode()) if coding == "deflate" else gzip.compress(PAGE.encode())
    server = play(page(packed, content_encoding=coding))
    assert fetch(at(server), allow_private=True).raw == PAGE.encode()


# Private addresses

LOOPBACK = [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
]
OTHERS = [
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[fe80::1]",
    "[fc00::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[64:ff9b::a00:1]",
]


@pytest.mark.parametrize("host", LOOPBACK + OTHERS)
def test_private_addresses_are_refused_in_every_spelling(host: str, names: object) -> None:
    assert "private network" in refusal(f"http://{host}/").message


def test_octal_spellings_are_no_addresses() -> None:
    assert "is not one that can be read" in refusal("http://0177.0.0.1/").message


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost.", "news.example"])
def test_names_of_private_addresses_are_refused(host: str, names: dict[str, list[str]], play: Play) -> None:
    server = play(page())
    names.update({name: ["127.0.0.1"] for name in ("localhost", "localhost.", "news.example")})
    assert "private network" in refusal(at(server, host=host)).message
    assert server.requests == []


def test_one_private_address_among_public_ones_is_enough(names: dict[str, list[str]]) -> None:
    names["news.example"] = ["93.184.216.34", "10.0.0.7"]
    assert "private network" in refusal("http://news.example/").message


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822", "::ffff:8.8.8.8"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert connecting.is_public(address)


def test_the_checked_address_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch, play: Play) -> None:
    server = play(page())
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    asked: list[str] = []
    reached: list[Any] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    def connect(self: socket.socket, address: Any) -> None:
        reached.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(connecting, "resolve", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert "nobody answers at news.example" in refusal(at(server, host="news.example")).message
    assert asked == ["news.example"]
    assert reached == ["93.184.216.34"]
    assert server.requests == []


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:1/", "//127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "http://2130706433:1/"]
)
def test_redirects_are_checked_anew(place: str, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A public site that leads inside: the only server there is stands in for it, so that its own check is left out."""
    names.update({"news.example": ["127.0.0.1"], "localhost": ["127.0.0.1"]})
    checked: list[str] = []
    is_public = connecting.is_public

    def but_for_the_first(address: str) -> bool:
        checked.append(address)
        return len(checked) == 1 or is_public(address)

    monkeypatch.setattr(connecting, "is_public", but_for_the_first)
    with ScriptedServer(redirect(place), page()) as server:
        assert "private network" in refusal(at(server, host="news.example")).message
        assert len(server.requests) == 1
    assert len(checked) == 2


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://news.example/x", "javascript:alert(1)", "data:,x"])
def test_redirects_to_other_kinds_of_addresses_are_refused(play: Play, place: str) -> None:
    assert "not an http or https address" in refusal(at(play(redirect(place))), allow_private=True).message


def test_a_redirect_without_a_place_is_a_fault(play: Play) -> None:
    assert "(HTTP 302)" in refusal(at(play(Reply(status=302))), allow_private=True).message


# Addresses that are none


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://news.example/a", "news.example/a", "http:///a", "", " ", "gopher://x/", "//x/a"],
)
def test_only_http_is_read(url: str) -> None:
    assert "address" in refusal(url, allow_private=True).message


@pytest.mark.parametrize(
    "url", ["http://h:99999/", "http://h:x/", "http://a\r\nX: y/", "http://h\x00/", "http://" + "a" * 5000, "http://[x"]
)
def test_broken_addresses_are_refused(url: str) -> None:
    assert len(refusal(url, allow_private=True).message) < 100


LOGINS = [
    f"http://reader:{PASSWORD}@127.0.0.1:1/",
    f"http://{PASSWORD}@127.0.0.1:1/",
    f"https://reader:{PASSWORD}@/",
    f"http://reader:{PASSWORD}@[x/",
    f"http://reader:{PASSWORD}@h:99999/",
    f"HTTP:\\\\reader:{PASSWORD}@h/",
    f"http://reader:{PASSWORD}/x@h/",
    f"http://reader:{PASSWORD}#x@h/",
]


@pytest.mark.parametrize("url", LOGINS)
def test_a_login_is_refused_and_never_repeated(url: str, play: Play) -> None:
    assert PASSWORD not in str(refusal(url, allow_private=True))
    error = refusal(at(play(redirect(url))), allow_private=True)
    assert PASSWORD not in str(error)
    assert PASSWORD not in repr(error.__cause__)
    assert error.__suppress_context__ or error.__context__ is None
    assert PASSWORD not in without_login(url)


def test_a_login_is_not_sent(play: Play) -> None:
    server = play(page())
    url = at(server, host="reader:word@127.0.0.1")
    assert "user name or a password" in refusal(url, allow_private=True).message
    leading = play(redirect(url))
    assert "redirects to an address that holds a user name" in refusal(at(leading), allow_private=True).message
    assert server.requests == []


@pytest.mark.parametrize("url", ["https://news.example/@reader/a:b@c", "http://h:80/a@b", "http://h/?q=a:b@c"])
def test_an_address_without_a_login_is_shown_as_it_is(url: str) -> None:
    assert without_login(url) == url


# Bounds


def test_a_body_that_drips_does_not_gain_time(play: Play) -> None:
    server = play(Reply(body=PAGE, headers=HTML, drip=0.1))
    start = time.monotonic()
    assert "0.6 seconds" in refusal(at(server), allow_private=True, timeout=0.6).message
    assert time.monotonic() - start < 3


def test_a_head_that_drips_does_not_gain_time() -> None:
    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"x-more: 1\r\n")
            time.sleep(0.05)

    with raw_server(answer) as port:
        start = time.monotonic()
        assert "seconds" in refusal(f"http://127.0.0.1:{port}/", allow_private=True, timeout=0.5).message
        assert time.monotonic() - start < 3


def test_redirects_share_one_allowance_of_time() -> None:
    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        time.sleep(0.25)
        connection.sendall(b"HTTP/1.1 302 Found\r\nlocation: /on\r\ncontent-length: 0\r\n\r\n")

    with raw_server(answer) as port:
        assert "seconds" in refusal(f"http://127.0.0.1:{port}/", allow_private=True, timeout=0.6).message


def test_a_silent_site_is_given_up(play: Play) -> None:
    assert "within 0.3 seconds" in refusal(at(play(Reply(hang=True))), allow_private=True, timeout=0.3).message


def test_a_silent_name_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = threading.Event()
    monkeypatch.setattr(connecting, "resolve", lambda host, port: [str(waiting.wait(10))])
    start = time.monotonic()
    assert "seconds" in refusal("http://news.example/", timeout=0.3).message
    assert time.monotonic() - start < 3
    waiting.set()


@pytest.mark.parametrize("head", ["content-length: 99999999999", "transfer-encoding: chunked"])
def test_an_endless_body_is_cut(head: str) -> None:
    sent = []

    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n{head}\r\n\r\n".encode())
        block = b"x" * 100_000
        while True:
            connection.sendall(block if "length" in head else b"%x\r\n%s\r\n" % (len(block), block))
            sent.append(len(block))

    with raw_server(answer) as port:
        assert "too large" in refusal(f"http://127.0.0.1:{port}/", allow_private=True).message
    assert sum(sent) < 2 * MAX_PAGE_BYTES


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_put_down_before_it_has_grown(play: Play, coding: str) -> None:
    packer = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
    bomb = b"".join(packer.compress(b" " * 4_000_000) for _ in range(100)) + packer.flush()
    assert len(bomb) < 1_000_000
    server = play(page(bomb, content_encoding=coding))
    start = time.monotonic()
    assert "too large" in refusal(at(server), allow_private=True).message
    assert time.monotonic() - start < 3


def test_bombs_in_bombs_are_not_opened(play: Play) -> None:
    packed = gzip.compress(gzip.compress(PAGE.encode()))
    reply = page(packed, content_encoding="gzip, gzip")
    assert "not asked for" in refusal(at(play(reply)), allow_private=True).message


def test_an_endless_pack_of_nothing_is_cut() -> None:
    nothing = b"\x00\x00\x00\xff\xff" * 20_000  # empty blocks: they unpack to no byte at all

    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: deflate\r\n\r\n"
        connection.sendall(head + b"\x78\x9c")
        while True:
            connection.sendall(nothing)

    with raw_server(answer) as port:
        assert "too large" in refusal(f"http://127.0.0.1:{port}/", allow_private=True).message


# What a site answers instead

STATUSES = {
    401: "login",
    402: "payment",
    403: "refuses",
    404: "no such page",
    410: "taken down",
    418: "does not hand out",
    429: "too often",
    451: "legal",
    500: "fault",
    503: "fault",
    304: "does not hand out",
}


@pytest.mark.parametrize(("status", "told"), STATUSES.items())
def test_each_status_is_told(play: Play, status: int, told: str) -> None:
    body = b"" if status == 304 else b"\x1b[31m<html>" + PASSWORD.encode()
    error = refusal(at(play(Reply(status=status, body=body, headers=HTML))), allow_private=True)
    assert told in error.message
    assert f"HTTP {status}" in error.message
    assert "\x1b" not in str(error)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("45", "45 seconds"),
        ("600", "10 minutes"),
        ("", "try again later"),
        ("soon\x1b", "try again later"),
        ("-5", "try again later"),
        ("9" * 400, "try again later"),
        ("Wed, 21 Oct 2015 07:28:00 GMT", "try again later"),
        (format_datetime(datetime.now(UTC) + timedelta(minutes=30), usegmt=True), "minutes"),
    ],
)
def test_retry_after_is_passed_on(play: Play, asked: str, hint: str) -> None:
    reply = Reply(status=429, headers={"retry-after": asked.replace("\x1b", "?")})
    assert hint in str(refusal(at(play(reply)), allow_private=True).hint)


@pytest.mark.parametrize("media", ["image/png", "video/mp4", "audio/mpeg", "application/pdf", "application/zip"])
def test_what_is_no_text_is_refused_by_its_type(play: Play, media: str) -> None:
    server = play(page(b"\x00" * 1000, content_type=media))
    assert media in refusal(at(server), allow_private=True).message


@pytest.mark.parametrize(
    "media", ["text/plain", "application/xhtml+xml", "application/json", "application/ld+json", "", "?\t/<b>"]
)
def test_what_is_text_or_says_nothing_is_read(play: Play, media: str) -> None:
    found = fetch(at(play(page(content_type=media))), allow_private=True)
    assert found.content_type == (media if "/" in media and "<" not in media else None)


@pytest.mark.parametrize("charset", ["../../x", "\xe9t\xe9", "a" * 100, ""])
def test_a_charset_that_is_none_is_dropped(play: Play, charset: str) -> None:
    server = play(page(content_type=f'text/html; charset="{charset}"'))
    assert fetch(at(server), allow_private=True).charset is None


def test_an_empty_page_is_a_failure(play: Play) -> None:
    assert "empty" in refusal(at(play(page(b" \n"))), allow_private=True).message


@pytest.mark.parametrize("reply", [Reply(reset=True), Reply(body=PAGE, headers=HTML, cut=10)])
def test_a_connection_that_breaks_off_is_told(play: Play, reply: Reply) -> None:
    assert "broke off" in refusal(at(play(reply)), allow_private=True).message


def test_what_is_not_http_is_told() -> None:
    with raw_server(lambda connection: connection.sendall(b"SSH-2.0-x\r\n\r\n")) as port:
        assert "not HTTP" in refusal(f"http://127.0.0.1:{port}/", allow_private=True).message


def test_damaged_packing_is_told(play: Play) -> None:
    reply = page(b"\x1f\x8b" + b"rubbish" * 10, content_encoding="gzip")
    assert "damaged" in refusal(at(play(reply)), allow_private=True).message


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "nobody answers at 127.0.0.1" in refusal(f"http://127.0.0.1:{port}/", allow_private=True).message


def test_an_unknown_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(connecting, "resolve", resolve)
    assert "no address is known for news.example" in refusal("https://news.example/a").message


def test_a_name_without_an_address_is_told(names: dict[str, list[str]]) -> None:
    names["news.example"] = []
    assert "nobody answers at news.example" in refusal("http://news.example/").message


def test_the_next_address_is_tried(names: dict[str, list[str]], play: Play) -> None:
    names["news.example"] = ["127.0.0.77", "127.0.0.1"]
    server = play(page())  # listens on 127.0.0.1 alone
    fetch(at(server, host="news.example"), allow_private=True)
    assert server.requests[0].headers["host"].startswith("news.example:")


# Secure connections


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who certifies sites; nobody knows it but for these tests."""
    return trustme.CA()


@pytest.fixture
def secure_site(authority: trustme.CA, names: dict[str, list[str]]) -> Iterator[tuple[int, list[str | None]]]:
    """A site with the certificate of news.example; yields its port and the names that clients greeted it with."""
    greeted: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(context)
    context.sni_callback = lambda connection, name, own: greeted.append(name)
    head = f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {len(PAGE.encode())}\r\n\r\n"

    def answer(connection: socket.socket) -> None:
        assert b"host: news.example:" in connection.recv(4096).lower()
        connection.sendall(head.encode() + PAGE.encode())

    names.update({name: ["127.0.0.1"] for name in ("news.example", "other.example")})
    with raw_server(answer, context) as port:
        yield port, greeted


def test_names_and_certificates_are_those_of_the_address(
    secure_site: tuple[int, list[str | None]], authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    port, greeted = secure_site
    authority.cert_pem.write_to_path(tmp_path / "known.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "known.pem"))
    assert fetch(f"https://news.example:{port}/", allow_private=True).raw == PAGE.encode()
    assert greeted == ["news.example"]
    error = refusal(f"https://other.example:{port}/", allow_private=True)
    assert "certificate of other.example cannot be trusted" in error.message


def test_an_unknown_certificate_is_not_trusted(secure_site: tuple[int, list[str | None]]) -> None:
    port, _ = secure_site
    error = refusal(f"https://news.example:{port}/", allow_private=True)
    assert "certificate of news.example cannot be trusted" in error.message


def test_a_site_without_a_secure_connection_is_told(play: Play) -> None:
    server = play(page())
    url = at(server).replace("http:", "https:")
    assert "secure connection" in refusal(url, allow_private=True).message


# Proxies


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_a_proxy_is_used_only_where_its_addresses_need_no_check(
    play: Play, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    server = play(page())
    monkeypatch.setenv(variable, at(server, ""))
    error = refusal("http://news.example/story")
    assert "proxy" in error.message
    assert server.requests == []
    assert fetch("http://news.example/story", allow_private=True).raw == PAGE.encode()
    assert server.requests[0].path == "http://news.example/story"


def test_no_proxy_is_respected(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    server = play(page())
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetch(at(server), allow_private=True).raw == PAGE.encode()


def test_a_proxy_is_held_to_the_same_bounds(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", at(play(Reply(body=PAGE, headers=HTML, drip=0.1)), ""))
    assert "0.5 seconds" in refusal("http://news.example/", allow_private=True, timeout=0.5).message


@pytest.mark.parametrize("proxy", [f"socks5://reader:{PASSWORD}@127.0.0.1:1", f"http://reader:{PASSWORD}@127.0.0.1:1"])
def test_a_proxy_that_is_of_no_use_is_told(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    assert PASSWORD not in str(refusal("http://news.example/", allow_private=True))


def test_reading_articles_loads_no_library_for_pages() -> None:
    code = "import sys, summarizer.articles, summarizer.articles.fetching; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint({"httpx2", "httpcore2", "trafilatura", "lxml", "htmldate"})
