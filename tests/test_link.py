import re
from urllib.parse import unquote

import pytest
from fakes import ADDRESS, BODY, SENTENCE, article

from index.link import passage_link
from knowledge.articles import Article


def link(source: Article, text: str, nth: int = 0) -> str:
    """The fragment that points at the nth place where the body holds the text."""
    start = [match.start() for match in re.finditer(re.escape(text), source.body)][nth]
    address = passage_link(source, start, start + len(text))
    assert address is not None
    return address.removeprefix(ADDRESS)


def test_a_short_quote_stands_whole_and_fully_encoded() -> None:
    source = article("Først.\nR&D-sjef, 50 % på «Ås»\tsenter: a~b.")
    assert link(source, "R&D-sjef, 50 % på «Ås»\tsenter: a~b.") == (
        "#:~:text=R%26D%2Dsjef%2C%2050%20%25%20p%C3%A5%20%C2%AB%C3%85s%C2%BB%20senter%3A%20a~b."
    )


def test_a_long_quote_is_named_by_its_ends() -> None:
    assert unquote(link(article(), SENTENCE)) == (
        "#:~:text=NCE-statusen er viktig for R&D,daglige leder i et nyhetsbrev."
    )


def test_eighty_characters_are_short_and_eighty_one_are_long() -> None:
    words = "ord " * 19 + "abcd"
    assert "," not in link(article(words), words)
    assert "," in link(article(words + "e"), words + "e")


def test_the_ends_of_a_quote_of_few_long_words_do_not_meet() -> None:
    words = [letter * 16 for letter in "abcdef"]
    assert link(article(" ".join(words)), " ".join(words)) == (
        f"#:~:text={'%20'.join(words[:3])},{'%20'.join(words[3:])}"
    )


def test_a_quote_over_several_lines_never_has_a_term_that_crosses_one() -> None:
    body = "En to tre.\n\n## Fire fem\n\n- seks sju\n- åtte ni ti elleve tolv tretten\n"
    assert unquote(link(article(body), body.rstrip())) == (
        "#:~:text=En to tre.,ni ti elleve tolv tretten"
    )
    assert (
        unquote(link(article(body), "## Fire fem\n\n- seks sju")) == "#:~:text=Fire fem,seks sju"
    )


def test_table_cells_are_borders_too() -> None:
    body = "| Klynge | Leder |\n|---|---|\n| iKuben | Hilde Aspås |\n"
    assert unquote(link(article(body), "| iKuben | Hilde Aspås |")) == (
        "#:~:text=iKuben,Hilde Aspås"
    )


def test_words_that_come_earlier_get_a_prefix() -> None:
    body = "iKuben fikk NCE-status.\n\nDet er klart: iKuben fikk NCE-status."
    first, second = (link(article(body), "iKuben fikk NCE-status.", nth) for nth in (0, 1))
    assert first == "#:~:text=iKuben%20fikk%20NCE%2Dstatus."
    assert second == "#:~:text=klart%3A-,iKuben%20fikk%20NCE%2Dstatus."


def test_a_prefix_grows_until_it_tells_them_apart_and_may_stand_on_the_line_above() -> None:
    body = "A b c:\nLeder er Kari.\nX b c:\n- Leder er Kari.\n"
    assert unquote(link(article(body), "Leder er Kari.", 1)) == "#:~:text=X b c:-,Leder er Kari."


def test_part_of_a_longer_word_needs_no_prefix_but_other_capitals_do() -> None:
    assert link(article("Klyngeleder. leder nå"), "leder nå") == "#:~:text=leder%20n%C3%A5"
    assert link(article("Leder nåde. leder nå"), "leder nå") == "#:~:text=leder%20n%C3%A5"
    assert link(article("LEDER NÅ! Ny leder nå"), "leder nå") == "#:~:text=Ny-,leder%20n%C3%A5"


def test_an_end_that_comes_too_early_grows() -> None:
    text = "Det var hun som sa det i går kveld på møtet. " + "Ord " * 20
    text += "og det i går kveld på møtet."
    assert unquote(link(article(text), text)) == (
        "#:~:text=Det var hun som sa,og det i går kveld på møtet."
    )


def test_words_that_only_repeat_themselves_do_not_make_the_link_long() -> None:
    text = "Ord " * 500
    start, end = unquote(link(article("Ord " * 600), text, 0)).split(",")
    assert (start, end) == ("#:~:text=Ord Ord Ord Ord Ord", " ".join(["Ord"] * 20))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (None, None),
        ("https://x.no/a?b=c#d", "https://x.no/a?b=c#d:~:text=Ja."),
        ("https://x.no/a#", "https://x.no/a#:~:text=Ja."),
        ("https://x.no/a#d:~:text=gammel", "https://x.no/a#d:~:text=Ja."),
    ],
)
def test_the_address(url: str | None, expected: str | None) -> None:
    assert passage_link(article("Ja.", url), 0, 3) == expected


def test_every_sentence_of_an_article_is_found_where_it_stands() -> None:
    for match in re.finditer(r"[^.!\n]+[.!]", BODY):
        fragment = link(article(), match.group()).removeprefix("#:~:text=")
        terms = [unquote(term) for term in fragment.split(",") if not term.endswith("-")]
        words = " ".join(match.group().split()).removeprefix("- ")
        assert words.startswith(terms[0])
        assert words.endswith(terms[-1])
