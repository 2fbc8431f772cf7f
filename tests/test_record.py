"""The contract with other programs, to the letter."""

import json
from dataclasses import replace

from fake_index import LEADER, answer, article, no_answer, quote

from index.record import as_json


def test_an_answer_has_exactly_these_keys_and_values() -> None:
    old = article("gammel", "Ola leder.\n", url=None, published=None)
    given = answer(
        quote(LEADER, "Kari Ås er leder.", "Kari Ås"),
        quote(old, "Ola leder.", relation="older"),
        text="Kari Ås",
    )
    assert json.loads(as_json(given, "q1")) == {
        "id": "q1",
        "question": "Hvem leder klyngen?",
        "language": "nb",
        "verdict": "answer",
        "answer": "Kari Ås",
        "confidence": 0.929,
        "quotes": [
            {
                "text": "Kari Ås er leder.",
                "article": "leder",
                "title": "Nytt",
                "publisher": "Klyngeposten",
                "url": "https://www.klynge.no/nytt",
                "link": "https://www.klynge.no/nytt#:~:text=Kari%20%C3%85s%20er%20leder.",
                "published": "2017",
                "start": 0,
                "end": 17,
                "highlight": [0, 7],
                "relation": "proof",
            },
            {
                "text": "Ola leder.",
                "article": "gammel",
                "title": "Nytt",
                "publisher": "Klyngeposten",
                "url": None,
                "link": None,
                "published": None,
                "start": 0,
                "end": 10,
                "highlight": None,
                "relation": "older",
            },
        ],
        "suggestions": [],
        "ms": 31.8,
        "version": None,
    }


def test_none_is_an_object_like_any_other() -> None:
    assert json.loads(as_json(no_answer("en", ("Who leads NODE?",)), None)) == {
        "id": None,
        "question": "Hvem leder klyngen?",
        "language": "en",
        "verdict": "none",
        "answer": None,
        "confidence": 0.929,
        "quotes": [],
        "suggestions": ["Who leads NODE?"],
        "ms": 31.8,
        "version": None,
    }


def test_it_is_one_line_that_people_can_read_too() -> None:
    line = as_json(answer(quote(LEADER, "Kari Ås er leder."), question="Kven\ner Åse?"), 7)
    assert line.startswith('{"id": 7, "question": "Kven\\ner Åse?", ')
    assert "\n" not in line


def test_an_answer_names_the_version_that_it_comes_from() -> None:
    assert json.loads(as_json(replace(no_answer(), version=12), None))["version"] == 12
