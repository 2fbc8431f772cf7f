"""What could reach a person, taken out of a question: e-mail addresses and phone numbers."""

import re

EMAIL, PHONE = "[e-mail]", "[phone]"

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")

_GAP = r"[ \u00a0\u202f.-]"
_MONEY = r"(?:kr\b|kron|nok\b|mill|mrd|bill|eur|usd|dollar|[€$£%])"
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_PHONE = re.compile(
    rf"""
    (?<![\d+]) (?<!\d[.,]) (?<!kr\s) (?<!kr\.\s) (?<!nok\s) (?<![€$£]) (?<![€$£]\s)
    (?:
        # International: + or 00, a country, and the rest in any grouping.
        (?: \+ | 00 {_GAP}? ) (?= [1-9] ) \d{{1,3}} \)? (?: (?:{_GAP}|[()/]){{0,2}} \d ){{5,12}}
        # Norwegian: 22 33 44 55, 912 34 567, 9123 4567 or 91234567. Sums are written in threes.
      | [2-9]\d {_GAP} \d\d {_GAP} \d\d {_GAP} \d\d
      | [2-9]\d\d {_GAP} \d\d {_GAP} \d{{3}}
      | (?! {_YEAR}\b ) [2-9]\d{{3}} {_GAP} (?! {_YEAR}\b ) \d{{4}}
      | (?! {_DATE}\b | \d{{5}}000\b ) [2-9]\d{{7}}
    )
    (?! \d ) (?! ,\d ) (?! \s* {_MONEY} )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def masked(text: str) -> str:
    """The text without addresses and numbers of people; years, sums and counts stay."""
    return _PHONE.sub(PHONE, _EMAIL.sub(EMAIL, text))
