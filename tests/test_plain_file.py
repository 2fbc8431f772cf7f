import textwrap

from shapes import CAPTION, STORY

from knowledge.material import Stated
from knowledge.plain_file import is_article, read_markdown, read_plain

TITLE = "Havkraftklyngen vokser"
TEXT = "\n\n".join(STORY)


def test_the_title_is_the_first_line_that_is_no_noise_date_or_doubled_caption() -> None:
    text = f"Hopp til hovedinnhold\n\n{CAPTION}\n\n{CAPTION}\n\n2020-11-19\n\n{TITLE}\n\n{TEXT}"
    material = read_plain(text)
    assert material.title == TITLE
    assert [line.text for line in material.lines if line.kept] == [TITLE, *STORY]
    assert [line.text for line in material.lines if not line.kept] == [
        "Hopp til hovedinnhold",
        CAPTION,
        CAPTION,
        "2020-11-19",
    ]


def test_lines_that_an_editor_broke_are_joined() -> None:
    wrapped = "\n\n".join(textwrap.fill(" ".join(STORY), 40) for _ in range(2))
    material = read_plain(f"{TITLE}\n\n{wrapped}\n")
    assert [line.text for line in material.lines] == [TITLE, " ".join(STORY), " ".join(STORY)]


def test_an_empty_text_has_no_lines() -> None:
    assert read_plain(" \n\n").lines == ()


def test_markdown_keeps_the_marks_of_layout_and_not_those_of_words() -> None:
    text = (
        f"# {TITLE}\n\nVi er **fire**,\nsier [Kari](https://example.no).\n![kai](a.jpg)\n"
        "## Dette får de\n- Penger\n- Råd\n\n| År | Antall |\n|---|---|\n| 2014 | 12 |\n"
    )
    material = read_markdown(text)
    assert material.title == TITLE
    assert [line.text for line in material.lines] == [
        "Vi er fire, sier Kari.",
        "## Dette får de",
        "- Penger",
        "- Råd",
        "| År | Antall |",
        "|---|---|",
        "| 2014 | 12 |",
    ]
    assert [line.tight for line in material.lines] == [False, False, *[True] * 5]


def test_the_header_of_another_program_s_markdown_is_metadata() -> None:
    material = read_markdown(f"---\ntitle: '{TITLE}'\ndate: 2020-03-01\n---\n\n{TEXT}\n")
    assert material.title == TITLE
    assert material.stated == (Stated("2020-03-01", "date: 2020-03-01"),)
    assert [line.text for line in material.lines] == [*STORY]


def test_an_article_of_ours_is_known_by_its_header() -> None:
    assert is_article("---\ntitle: a\npublisher: b\nlanguage: nb\n---\nHei.\n")
    assert not is_article("---\ntitle: a\ndate: 2020-03-01\n---\nHei.\n")
    assert not is_article("title: a\npublisher: b\nlanguage: nb\n")
