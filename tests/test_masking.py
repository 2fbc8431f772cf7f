import pytest

from bot.masking import masked


@pytest.mark.parametrize(
    "phone",
    [
        "91234567",
        "912 34 567",
        "91 23 45 67",
        "91.23.45.67",
        "9123 4567",
        "22 00 00 00",
        "815 48 333",
        "91\u00a023\u00a045\u00a067",
        "+4791234567",
        "+47 912 34 567",
        "+47 91 23 45 67",
        "0047 912 34 567",
        "004791234567",
        "+46 8 123 456 78",
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "+1 555-123-4567",
        "+358 40 1234567",
        "+49 (30) 901820",
    ],
)
def test_phone_numbers_are_masked(phone: str) -> None:
    assert masked(f"Hvem har {phone}, og hvor?") == "Hvem har [phone], og hvor?"
    assert masked(f"ring {phone}") == "ring [phone]"
    assert masked(f"tlf:{phone}.") == "tlf:[phone]."


@pytest.mark.parametrize(
    "address",
    ["kari@ikuben.no", "Kari.Nordmann+klynge@post.ikuben.co.uk", "bjørn-åge_1@blå-klynge.no"],
)
def test_addresses_are_masked(address: str) -> None:
    assert masked(f"Er {address} riktig?") == "Er [e-mail] riktig?"


@pytest.mark.parametrize(
    "text",
    [
        "Hva skjedde i 2017-2021?",
        "Hva skjedde i 2017–2021, og 2017 2021?",
        "2015 2016 2017 2018",
        "Hvem fikk 25 000 000 kroner?",
        "Hvem fikk 25000000 kroner?",
        "Hvem fikk 25300500 kr i 2019?",
        "Hvem fikk kr 25300500?",
        "Hvem fikk NOK 25300500 og € 45300500?",
        "omsetning 250 000 000 eller 2 500 000 000",
        "vekst på +25 000 000 kroner",
        "25.000.000 kroner",
        "Har 974 760 673 vært medlem?",
        "orgnr 974760673",
        "41 bedrifter, 3500 ansatte og 71,5 %",
        "den 24.11.2026 og 20261124",
        "2026-11-24 kl. 10.30",
        "0.91234567 og 91234567,5",
        "Arena H2Cluster, fase 2, 2022/2023",
    ],
)
def test_years_sums_and_counts_stay(text: str) -> None:
    assert masked(text) == text


def test_all_of_them_are_masked() -> None:
    text = "Skriv til a@b.no eller c@d.no, ring 912 34 567 eller +47 22 33 44 55 i 2021"
    expected = "Skriv til [e-mail] eller [e-mail], ring [phone] eller [phone] i 2021"
    assert masked(text) == expected
