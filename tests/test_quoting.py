import pytest
from fake_index import article

from index.answer_kind import AnswerKind
from index.passages import Passage
from index.quoting import MOST, extent
from index.windows import sentences

BODY = (
    "Kari Dahl er ny leder. Hun tok over i 2019. Det er lenge siden.\n"
    "Hun liker seg i Bodø.\n"
    "Medlemmene er:\n- Vik AS\n- Nes AS\n- Haug AS\n"
    "Han " + "snakker " * 50 + "mye. Han gikk.\n"
)


def _passage(text: str) -> Passage:
    return next(p for p in sentences(article("news", BODY)) if p.text == text)


def _quoted(text: str, kind: AnswerKind = "text") -> str:
    passage = _passage(text)
    start, end = extent(passage, kind)
    return BODY[start:end]


def test_a_sentence_about_somebody_named_before_is_quoted_with_that_sentence() -> None:
    assert _quoted("Hun tok over i 2019.") == "Kari Dahl er ny leder. Hun tok over i 2019."


@pytest.mark.parametrize("text", ["Det er lenge siden.", "Kari Dahl er ny leder."])
def test_a_sentence_that_stands_on_its_own_is_quoted_alone(text: str) -> None:
    assert _quoted(text) == text


def test_a_line_is_never_joined_with_another() -> None:
    assert _quoted("Hun liker seg i Bodø.") == "Hun liker seg i Bodø."


def test_what_announces_a_list_is_quoted_with_it() -> None:
    assert _quoted("Medlemmene er:") == "Medlemmene er:\n- Vik AS\n- Nes AS\n- Haug AS"


def test_a_list_is_quoted_whole_where_a_list_is_asked_for() -> None:
    assert _quoted("Nes AS", "organisation") == "Vik AS\n- Nes AS\n- Haug AS"
    assert _quoted("Nes AS", "person") == "Nes AS"


def test_a_quote_does_not_grow_beyond_its_limit() -> None:
    assert _quoted("Han gikk.") == "Han gikk."
    assert MOST == 400
