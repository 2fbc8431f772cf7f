import pytest

from knowledge.decoding import decode

TEXT = "Næring på Sørøya – «blåbær»\n"


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-8", "iso-8859-1"),
        ("windows-1252", None),
        ("windows-1252", "ISO-8859-1"),
        ("windows-1252", "utf-8"),
        ("utf-16", None),
        ("utf-16-le", "UTF-16LE"),
        ("macintosh", "macintosh"),
        ("utf-8", "rot13"),
        ("windows-1252", "no-such-charset"),
    ],
)
def test_the_text_whatever_is_declared(encoding: str, charset: str | None) -> None:
    assert decode(TEXT.encode(encoding), charset) == TEXT


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="macintosh">',
        '<meta http-equiv="Content-Type" content="text/html; charset=macintosh">',
    ],
)
def test_a_page_may_declare_its_encoding_itself(meta: str) -> None:
    assert decode((meta + TEXT).encode("macintosh"), None) == meta + TEXT


def test_every_line_end_becomes_a_newline() -> None:
    assert decode(b"a\r\nb\rc\n", None) == "a\nb\nc\n"


def test_what_no_encoding_has_becomes_a_replacement_character() -> None:
    assert decode(b"bl\xe5b\x81r", None) == "blåb\ufffdr"
