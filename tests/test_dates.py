import pytest

from knowledge.dates import address_date, written_dates


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.12.2020", "2020-12-02"),
        ("19. februar 2021", "2021-02-19"),
        ("16. okt. 2017", "2017-10-16"),
        ("18 October, 2017 10:53", "2017-10-18"),
        ("2020-11-19", "2020-11-19"),
        ("02/05/2022", "2022-05-02"),
        ("08.08.16", "2016-08-08"),
        ("12. 5. 1998", "1998-05-12"),
        ("01.02.98", "1998-02-01"),
        ("August 19, 2022", "2022-08-19"),
        ("Aug. 1st 2022", "2022-08-01"),
        ("the 3rd of May 2018", "2018-05-03"),
        ("8. desember, 2019", "2019-12-08"),
        ("mai 2018", "2018-05"),
        ("2021-03-04T10:00:00+01:00", "2021-03-04"),
        ("Skrevet 08.08.16Klyngen", "2016-08-08"),
        ("Thu, 16 Oct 2017 08:00:00 GMT", "2017-10-16"),
    ],
)
def test_a_date_as_people_write_it(text: str, value: str) -> None:
    assert [date.value for date in written_dates(text)] == [value]


@pytest.mark.parametrize("text", ["05/13/2020", "31.02.2020", "2020-13-01", "30. februar 2020"])
def test_a_date_that_no_calendar_has_is_seen_but_has_no_value(text: str) -> None:
    assert [date.value for date in written_dates(text)] == [None]


@pytest.mark.parametrize("text", ["19/11", "kl. 10.30", "34 000 kroner", "1.2.3.4", "versjon 2.0"])
def test_what_only_looks_like_a_date(text: str) -> None:
    assert written_dates(text) == ()


def test_dates_come_in_reading_order_with_their_places() -> None:
    text = "Publisert 5. april 2019, revidert 27.10.2020"
    first, second = written_dates(text)
    assert text[first.start : first.end] == "5. april 2019"
    assert text[second.start : second.end] == "27.10.2020"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("/2017/08/29/slug/", "2017-08-29", "/2017/08/29/"),
        ("/news/posts/2018/may/slug/", "2018-05", "/2018/may/"),
        ("/aktuelt/2017/10/slug", "2017-10", "/2017/10/"),
        ("/aktuelt/2017/oktober/slug", "2017-10", "/2017/oktober/"),
        ("/no/aktuelt/2020/slug/", "2020", "/2020/"),
        ("/2017/16373/slug", "2017", "/2017/"),
        ("/2017/10/45/slug", "2017-10", "/2017/10/"),
        ("/2016/12/oppstart-1-1-2017/", "2016-12", "/2016/12/"),
        ("/artikkel/2020-11-19-slug", "2020-11-19", "2020-11-19"),
        ("/20201119/slug", "2020-11-19", "20201119"),
    ],
)
def test_the_date_in_an_address(path: str, value: str, words: str) -> None:
    assert address_date(path) == (value, words)


def test_the_time_that_dates_take_grows_with_their_number() -> None:
    assert len(written_dates("Møtet er 12. mai 2024. " * 20_000)) == 20_000  # squared: minutes


@pytest.mark.parametrize(
    "path", ["/tildelinger/2017", "/2017/", "/article/16373/x", "/", "/1850/x"]
)
def test_a_year_that_is_a_page_s_name_is_no_date(path: str) -> None:
    assert address_date(path) is None
