"""From bytes to code points: which encoding, and what could not be decoded."""

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode", "encoding_of", "find_mark"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
"""What browsers take for a declared encoding: the superset that writers mostly mean."""

_UNSAFE = frozenset({"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape"})
_SAMPLE = 2**18
_SURROGATE = re.compile("[\ud800-\udfff]")
_SMART = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, what it was decoded from, and what was noticed.

    Attributes:
        text: Without a byte order mark; otherwise every character is kept, newlines too.
        encoding: The encoding used, as Python names it.
        warnings: One sentence for each thing a user should know.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes of unknown or doubtful encoding; never fails.

    A byte order mark wins, then valid UTF-8, then the declared encoding where the bytes bear it
    out, then the likeliest one. What cannot be decoded becomes U+FFFD and is counted in a
    warning. NUL, lone surrogates and marks of direction are kept.

    Args:
        raw: The whole document.
        declared: What the document or its carrier says, or None.

    Returns:
        The text and how it was come by.
    """
    mark, n_mark = find_mark(raw)
    if mark is not None:
        return _finish(raw[n_mark:], mark, declared, sure=True)
    encoding = encoding_of(raw, declared)
    return _finish(raw, encoding, declared, sure=False)


def find_mark(raw: bytes) -> tuple[str | None, int]:
    """The encoding that a byte order mark tells, and the length of the mark; or (None, 0)."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, len(mark)
    return None, 0


def encoding_of(raw: bytes, declared: str | None = None) -> str:
    """The likeliest encoding of bytes without a byte order mark.

    Args:
        raw: Bytes; may be cut inside a character.
        declared: What the document or its carrier says, or None.

    Returns:
        A name that Python knows.
    """
    known = _known(declared)
    wide = _wide_encoding(raw[:_SAMPLE])
    if wide is not None:
        return wide
    if known is not None and known.startswith("iso2022") and b"\x1b" in raw:
        return known
    n_good, n_bad = _count_utf8(raw)
    if n_bad == 0 or n_bad * 10 <= n_good:
        return "utf-8"
    return _guess(raw, known)


def _finish(raw: bytes, encoding: str, declared: str | None, *, sure: bool) -> Decoded:
    handler = "allegata-surrogates" if encoding == "utf-8" else "replace"
    if encoding.startswith(("utf-16", "utf-32")):
        handler = "surrogatepass" if _passes(raw, encoding) else "replace"
    text = raw.decode(encoding, handler)
    warnings = []
    known = _known(declared)
    if known is not None and known != encoding and not (known == "cp1252" and text.isascii()):
        how = "is marked as" if sure else "reads as"
        warnings.append(f"The encoding is declared as {declared} but the text {how} {encoding}.")
    n_replaced = text.count("\ufffd")
    if n_replaced:
        n_replaced -= raw.decode(encoding, "ignore").count("\ufffd")
    if n_replaced:
        warnings.append(
            f"{n_replaced} character{'s' * (n_replaced > 1)} could not be decoded from "
            f"{encoding} and became U+FFFD."
        )
    n_lone = len(_SURROGATE.findall(text))
    if n_lone:
        warnings.append(f"{n_lone} lone surrogate{'s' * (n_lone > 1)} kept as read.")
    return Decoded(text, encoding, tuple(warnings))


def _passes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _keep_surrogates(error: UnicodeError) -> tuple[str, int]:
    """Decode a surrogate written as three bytes; replace anything else that is not UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    three = error.object[error.start : error.start + 3]
    if len(three) == 3 and three[0] == 0xED and three[1] >= 0xA0 and three[2] & 0xC0 == 0x80:
        return chr(0xD000 | (three[1] & 0x3F) << 6 | three[2] & 0x3F), error.start + 3
    return "\ufffd", error.end


codecs.register_error("allegata-surrogates", _keep_surrogates)


def _known(declared: str | None) -> str | None:
    """Python's name for a declared encoding, widened as browsers do; None where unknown."""
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        "".encode(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if name in _UNSAFE else _WIDER.get(name, name)


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without a mark, told by the bytes that its high halves share."""
    raw = raw[: len(raw) // 2 * 2]
    if len(raw) < 8:
        return None
    for encoding, low in (("utf-16-le", 0), ("utf-16-be", 1)):
        n_pairs = len(raw) // 2
        high = raw[1 - low :: 2]
        spaces = raw[low::2].count(b" ") if b"\0" in high else 0
        n_zero = high.count(b"\0")
        n_common = n_zero + max(high.count(byte) for byte in (4, 5, 6, 3, 0x4E, 0x30))
        if n_common * 10 >= n_pairs * 9 and n_zero * 20 >= n_pairs and spaces * 50 >= n_pairs:
            return encoding if raw[low::2].count(b"\0") * 20 < n_pairs else None
    return None


def _count_utf8(raw: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII are valid UTF-8 (or surrogates), and how many are not."""
    try:
        return len(raw.decode("utf-8", "surrogatepass")), 0
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "allegata-surrogates")
        n_beyond = len(text) - len(re.sub("[^\0-\x7f]", "", text))
        n_bad = text.count("\ufffd")
        return n_beyond - n_bad, n_bad


def _guess(raw: bytes, known: str | None) -> str:
    """The likeliest encoding of bytes that are not UTF-8."""
    beyond = _SMART.findall(raw)
    few = len(beyond) * 20 < len(raw)
    if known in (None, "utf-8", "cp1252") and few and _decodes(raw, "cp1252"):
        return "cp1252"
    from charset_normalizer import from_bytes

    matches = from_bytes(raw[:_SAMPLE])
    best = matches.best()
    if best is None:
        return known or "cp1252"
    candidates = [_python_name(name) for name in (best.encoding, *best.could_be_from_charset)]
    if known is not None and known != "utf-8" and _decodes(raw, known):
        likely = {_python_name(m.encoding) for m in matches if m.chaos <= best.chaos + 0.05}
        if known in candidates or known in likely:
            return known
    return candidates[0]


def _python_name(name: str) -> str:
    known = codecs.lookup(name).name
    return _WIDER.get(known, known)


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
