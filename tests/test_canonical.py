import pytest

from knowledge.canonical import canonical

FOUND = "https://www.example.no/aktuelt/sak"


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        (None, FOUND),
        ("https://example.no/aktuelt/sak/", "https://example.no/aktuelt/sak/"),
        ("/aktuelt/annen", "https://www.example.no/aktuelt/annen"),
        ("https://andre.example.com/sak", FOUND),
        ("https://www.example.no/", FOUND),
        ("javascript:alert(1)", FOUND),
        ("http://[broken", FOUND),
    ],
)
def test_what_a_page_states_counts_on_its_own_site(stated: str | None, url: str) -> None:
    assert canonical(stated, FOUND) == url


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (f"{FOUND}?utm_source=x&utm_medium=y", FOUND),
        (f"{FOUND}?id=3&fbclid=abc&side=2&gclid=d#topp", f"{FOUND}?id=3&side=2"),
        (f"{FOUND}?q=bl%C3%A5+b%C3%A6r", f"{FOUND}?q=bl%C3%A5+b%C3%A6r"),
        ("https://kari:nes@WWW.Example.no/Sak", "https://www.example.no/Sak"),
        ("https://example.no/en sak", "https://example.no/en%20sak"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("file:///etc/passwd", None),
        (None, None),
    ],
)
def test_what_only_tracks_readers_goes(address: str | None, url: str | None) -> None:
    assert canonical(None, address) == url


def test_a_file_may_state_where_it_comes_from() -> None:
    assert canonical("https://example.no/sak#del", None) == "https://example.no/sak"
    assert canonical("/sak", None) is None
