import json

import pytest

from knowledge.wordpress import read_post, read_wordpress

POST = {"title": {"rendered": "Om"}, "content": {"rendered": "<p>Hei på deg.</p>"}}


def words(content: str) -> list[str]:
    lines = read_wordpress({**POST, "content": {"rendered": content}}).lines
    return [line.text for line in lines if line.kept]


def test_page_builders_marks_are_stripped_and_end_lines() -> None:
    content = (
        "[vc_row el_class=&#8221;a&#8221;][vc_column]"
        "[vc_column_text]Første spalte[/vc_column_text]"
        '[vc_column_text css=".x{margin: 0}"]Andre spalte[/vc_column_text][/vc_column][/vc_row]'
        '[gallery ids="1,2"]'
    )
    assert words(content) == ["Første spalte", "Andre spalte"]


def test_marks_within_a_sentence_leave_it_whole() -> None:
    assert words("<p>Vi har [su_highlight]fire[/su_highlight] kontorer.</p>") == [
        "Vi har fire kontorer."
    ]


@pytest.mark.parametrize(
    "text", ["Det var [sic] slik.", "Se note [1].", "[...] og mer [red. anm.]"]
)
def test_words_in_brackets_stay(text: str) -> None:
    assert words(f"<p>{text}</p>") == [text]


def test_a_post_alone_or_as_the_one_result_of_a_search() -> None:
    assert read_post(json.dumps(POST)) == POST
    assert read_post(f" {json.dumps([POST])}") == POST
    assert read_post(json.dumps([POST, POST])) is None


@pytest.mark.parametrize("text", ["Hei", '{"a": 1}', "{broken", "[" * 5000, '{"content": "x"}'])
def test_other_json_is_no_post(text: str) -> None:
    assert read_post(text) is None


def test_a_draft_without_a_date_has_none() -> None:
    assert read_wordpress({**POST, "date": None}).stated == ()
