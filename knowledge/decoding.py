"""Bytes in, the text they were meant to be out: encodings, declared rightly, wrongly or not."""

import codecs
import re

from knowledge.strict_yaml import normalise

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
# Python knows many codecs that are no encodings of pages, and some that are slow on purpose.
_ENCODING = re.compile(
    r"utf-?(?:8|16(?:le|be)?)|iso-?8859-?\d+|latin-?\d+|windows-125\d|cp125\d|macintosh"
)
_LATIN = re.compile(r"iso-?8859-?1|latin-?1")


def decode(data: bytes, charset: str | None) -> str:
    """The text with newlines as line ends; `charset` is what the server said."""
    for encoding in _encodings(data, charset):
        try:
            return normalise(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return normalise(data.decode("windows-1252", errors="replace"))


def _encodings(data: bytes, charset: str | None) -> list[str]:
    """What to try, in this order; text that is valid UTF-8 is UTF-8, whatever is declared."""
    mark = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    meta = _META.search(data[:4096])
    declared = [charset, meta and meta[1].decode("ascii")]
    names = [mark, None if b"\0" in data else "utf-8", *map(_usable, declared)]
    return [name for name in names if name]


def _usable(charset: str | None) -> str | None:
    """A declared encoding as Python calls it; as in browsers, Latin-1 means Windows-1252."""
    name = (charset or "").strip().lower().replace("_", "-")
    if not _ENCODING.fullmatch(name):
        return None
    return "windows-1252" if _LATIN.fullmatch(name) else name
