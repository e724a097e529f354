import pytest

from allegata.documents.addresses import Guard, is_public
from allegata.errors import InputError

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700::1111", "2a00:1450::1"])
def test_the_public_internet_is_public(address):
    assert is_public(address)


CLOSED = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "100.64.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.216.34",
    "::ffff:0:7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "100::1",
    "not an address",
    "",
]


@pytest.mark.parametrize("address", CLOSED)
def test_all_else_is_not(address):
    assert not is_public(address)


def name_server(host, port):
    """Any name is public; numbers in disguise are resolved as the system would."""
    known = {"2130706433": "127.0.0.1", "127.1": "127.0.0.1", "0": "0.0.0.0"}
    return [known.get(host, PUBLIC)]


REFUSED = [
    *(f"http://[{a}]/" if ":" in a else f"http://{a}/" for a in CLOSED if "address" not in a),
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "ftp://example.org/",
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.org/",
    "https:example.org",
    "http:///",
    "http://",
    "http://example.org:22/",
    "http://example.org:8080/",
    "http://example.org:99999/",
    "http://example.org:x/",
    "http://user:word@example.org/",
    "http://user@example.org/",
    "http://example.org\\@127.0.0.1/",
    "http://exa mple.org/",
    "http://example.org/\r\nHost: x",
    "http://example.org\t/",
    " http://example.org/",
    "http://exam%70le.org/",
    "http://[bad/",
    "http://-example.org/",
    "http://" + "a" * 300 + ".org/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_it_is_refused(url):
    with pytest.raises(InputError, match="is not fetched"):
        Guard(resolve=name_server).check(url)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://example.org/a?b=c", "example.org", 80),
        ("https://EXAMPLE.org", "example.org", 443),
        ("https://example.org:443/", "example.org", 443),
        ("https://bücher.example/", "xn--bcher-kva.example", 443),
        (f"http://{PUBLIC}/", PUBLIC, 80),
        ("http://[2606:4700::1111]/", "2606:4700::1111", 80),
    ],
)
def test_a_public_address_is_let_through(url, host, port):
    target = Guard(resolve=name_server).check(url)
    assert (target.host, target.port) == (host, port)
    assert target.address in (PUBLIC, host)


@pytest.mark.parametrize("inside", CLOSED[:-2])
def test_one_closed_address_among_several_refuses_all(inside):
    guard = Guard(resolve=lambda host, port: [PUBLIC, inside])
    with pytest.raises(InputError, match="not on the public internet"):
        guard.check("http://example.org/")


def test_a_name_is_resolved_once_and_the_answer_is_kept():
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    guard = Guard(resolve=rebinding)
    assert guard.check("http://example.org/").address == PUBLIC
    assert asked == ["example.org"]
    with pytest.raises(InputError):
        guard.check("http://example.org/")


def test_a_name_without_addresses_is_told():
    def fail(host, port):
        raise OSError

    for resolve in (fail, lambda host, port: []):
        with pytest.raises(InputError, match="cannot be found"):
            Guard(resolve=resolve).check("http://example.org/")
