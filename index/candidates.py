"""Short answers of a kind, found by their shape: people, numbers, sums, dates, places ..."""

import re
from collections.abc import Callable, Iterator

from index.answer_kind import AnswerKind
from index.spans import Span, touches
from knowledge.names import UPPER

_ENGLISH_MONTH = (
    "January|February|March|April|(?-i:May)|June|July|August|September|October|November|December"
)
_MONTH = rf"januar|februar|mars|mai|juni|juli|oktober|desember|{_ENGLISH_MONTH}"
_SHORT_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|oct|nov|des|dec)\b\.?"
_SEASON = "våren|sommeren|høsten|vinteren|hausten|sommaren|spring|summer|autumn|winter"
_ONES = "tre|fire|fem|seks|sju|syv|åtte|ni"
_ONES_ENGLISH = "two|three|four|five|six|seven|eight|nine"
NUMBER_WORD = (
    rf"(?:tjue|tyve|tretti|tredve|førti|femti|seksti|sytti|åtti|nitti)(?:ei?n|éi?n|to|{_ONES})?"
    r"|to(?=\s(?:\w+e )?\w+(?:er|ar|ene|ane|te|år)\b)|ti|elleve|tolv|tretten|fjorten|femten"
    rf"|seksten|sytten|atten|nitten|hundre|tusen|{_ONES}|éin|én"
    rf"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|{_ONES_ENGLISH}))?"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|hundred"
    rf"|thousand|{_ONES_ENGLISH}"
)
_DIGITS = r"\d{1,3}(?:[ \u00a0.,]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_ABOUT = (
    "om lag|rundt|over|nesten|nær|minst|inntil|mer enn|meir enn"
    "|about|nearly|around|up to|more than"
)
_QUANTITY = rf"(?:(?:{_ABOUT}) )?(?:{_DIGITS})(?:\s?[–-]\s?(?:{_DIGITS}))?"
_WORD_AMOUNT = (  # "en halv", "hundre tusen"; not "to" of "from kroner to euro"
    r"\b(?i:(?:(?:ei?n|éi?n|one|a)(?: halv| half)?|half a|halvannen|halvannan)(?= (?:mill|bill))"
    rf"|to(?= (?:hundre|tusen|mill|mrd|kron))|(?:{NUMBER_WORD})\b)"
    r"(?: (?i:hundred?|tusen|thousand)){0,2}"
)
_AMOUNT = rf"(?:{_QUANTITY}|(?:(?:{_ABOUT}) )?{_WORD_AMOUNT})"
_UNIT = r"(?:million(?:er|ar)?|milliard(?:er|ar)?|mill\b\.?|mrd\b\.?|m\b|billion)"
_MONEY = r"(?:norske )?(?:kroner|kronar|(?:kr\b|M?NOK)(?!\.?\s?\d)|euro|dollar)"
_GAP = r"[ \u00a0]"
_CAPITALISED = rf"\b[a-zæøå]{{0,4}}[{UPPER}][\w'’&-]*"  # iKuben, akvARENA
_NAME = rf"{_CAPITALISED}(?:{_GAP}(?:(?:von|van|de|der|da|&){_GAP})?{_CAPITALISED})*"

_IN_MONEY = rf"(?:NOK|kr|€|\$)\s?{_QUANTITY}(?:\s?{_UNIT})?|{_AMOUNT}\s(?:{_UNIT}\s)?{_MONEY}"
_MONEY_SUM = re.compile(_IN_MONEY)
_SUM = re.compile(rf"{_IN_MONEY}|{_AMOUNT}\s{_UNIT}")
_NUMBER = re.compile(
    rf"\b(?:{_QUANTITY}|(?:{NUMBER_WORD})\b)"
    rf"(?:{_GAP}(?!(?:og|i|på|av|til|for|som|er|and|in|of|the|to|a)\b)[a-zæøå][\w-]+)?",
    re.IGNORECASE,
)
_DAY = r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?\b"
_DATE = re.compile(
    r"\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b"
    rf"|\b(?:\d{{1,2}}\.?|{_DAY}(?: of)?) (?:(?:{_MONTH})\b|{_SHORT_MONTH})(?: \d{{4}})?"
    rf"|\b(?:{_ENGLISH_MONTH}) {_DAY}(?:,? \d{{4}})?|\b(?:{_MONTH}) \d{{4}}"
    r"|(?:(?<=\bi )|(?<=\bin )|(?<=\bfra )|(?<=\bfrå )|(?<=\btil )|(?<=since )|(?<=\bav )"
    rf"|(?<=\bof )|(?<=\bearly )|(?<=\blate ))(?:{_MONTH})\b"
    r"|\b(?:klokk[ae]n? |kl\. ?)\d{1,2}(?:[.:]\d\d)?\b"
    rf"|\b(?:{_SEASON}) (?:of )?\d{{4}}|\b(?:19|20)\d\d\b(?:\s?[–-]\s?(?:19|20)?\d\d\b)?",
    re.IGNORECASE,
)
# "Has 2000 members" tells a number, no year.
_COUNTED = re.compile(
    rf"\b(?:har|hadde|have|has|had|fikk|fekk|med|with|teller|tel|sysselsetter|sysselset|employs"
    rf"|{_ABOUT}){_GAP}(?:19|20)\d\d{_GAP}(?:[a-zæøå]{{2,}}(?:er|ar|s|te)|medlem|folk|barn|people"
    r"|årsverk|selskap)\b",
    re.IGNORECASE,
)
# English has "to offer" and "fire safety", which are no numbers there.
_NUMBER_IN_NORWEGIAN = re.compile(r"(?:to|fire)\b", re.IGNORECASE)
_NORWEGIAN = re.compile(
    r"\b(?:og|i|på|er|har|av|til|som|med|det|de|en|ei|ein|et|eit|vi|fra|frå|ble|vart|skal)\b"
)
_ENGLISH = re.compile(r"\b(?:[Tt]he|and|in|on|is|are|has|of|with|a|an|it|we|from|was|were|will)\b")
_PERSON = re.compile(
    rf"{_CAPITALISED}(?:[ \u00a0-](?:(?:von|van|de|der|da|af){_GAP}){{0,2}}"
    rf"(?:[{UPPER}]\.(?={_GAP}[{UPPER}])|{_CAPITALISED}))+"
)
_TITLE = (
    r"(?:[\w-]*(?:leder|leiar|sjef|minister|råd|direktør|professor|advokat|ordfører|ordførar|geolog"
    r"|ingeniør|fører|førar|medarbeid(?:er|ar)|lege|arkitekt|økonom|kjemik(?:er|ar)|konservator"
    r"|kapellan|prest|manager|president|gründer|forsker|forskar|pleier|pleiar|sekretær|giver|gjevar"
    r"|formann|rektor|redaktør)(?:en)?"
    r"|[\w-]*(?:CEO|chair\w*|director|officer|executive|secretary|advis[eo]r)"
    r"|Dr|Prof|Chief|Judge|Doctor|Mayor|Colonel)"
)
_FIRST_WORD = (
    "(?:When|Da|Då|Nå|No|Now|Om|Med|With|For|Etter|But|And|Since|After|Så|Men|Og|Også"
    "|Ifølge|Ifølgje|Kontakt|I|In|At|På|Av|By|Fra|Frå|From|Hos|Ved|Under|Til|To|Hilsen|Mvh|Nye?)"
)
# What is called a project or a firm is no person: "Prosjektet Grønn Koks".
_ORGANISATION = re.compile(
    r"\w*(?:prosjektet|firmaet|selskapet|bedriften|bedrifta|klyngen|klynga|nettverket|leverandøren"
    r"|konkurrenten|stiftelsen|stiftinga|programmet|rederiet|reiarlaget|verftet)\b",
    re.IGNORECASE,
)
# A title, or a sentence's first word, looks like a first name.
_BEFORE_NAME = re.compile(
    rf"(?:.*{_GAP})?{_TITLE}{_GAP}(?=\S+{_GAP})|{_FIRST_WORD}{_GAP}"
    rf"|(?:{_ENGLISH_MONTH}|.*['’]s){_GAP}(?=\S+{_GAP})",  # but August Berg is called so
    re.IGNORECASE,
)
_ENDS_IN_TITLE = re.compile(rf".*{_GAP}{_TITLE}", re.IGNORECASE)
_LONGEST_NAME = 5  # words; a longer run of capitalised words is a heading
_NAME_OF_TWO = (
    "Mo i Rana|Bø i Telemark|Vik i Sogn|Møre og Romsdal|Sogn og Fjordane|Troms og Finnmark"
    "|Vestfold og Telemark"
)
_PLACE = re.compile(
    rf"\b(?:[Ii]|[Pp]å|[Vv]ed|[Ff]rå|[Ff]ra|[Ii]n|[Aa]t|[Nn]ear|to|[Tt]il){_GAP}"
    rf"((?:{_NAME_OF_TWO})\b|{_NAME})"
)
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s<>]+[\w/]"
    r"|(?:\+\d{2} ?)?(?<!\d)(?:\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3}|\d{8})(?!\d)"
)
_DATE_WORD = re.compile(rf"(?:{_MONTH}|{_SEASON})\b", re.IGNORECASE)
_ENUMERATION = re.compile(rf"{_NAME}(?:(?:,| og| and| samt| &){_GAP}{_NAME})*")
# A cluster's status is no organisation: "which clusters are GCE?" does not ask for "GCE".
STATUS = r"(?:Arena(?:[ -]?Pro)?|[NG]CE|(?:Norwegian|Global) Cent(?:re|er)s? of Expertise)"
_STATUS = re.compile(rf"\b{STATUS}\b")
_NAMED = re.compile(_CAPITALISED)
_MAY_BE_DATE = re.compile(
    r"\b(?:(?:man|mån|tirs|tys|ons|tors|fre|lør|laur|søn|sun)dag\w*|uker?|veker?|weeks?|påske"
    r"|Easter|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|jul|Christmas|nyttår|New Year|måned\w*"
    r"|månad\w*|months?|i (?:fjor|år|dag|går|morgen|sommer|vinter)|vår|høst|haust|siden|sidan"
    r"|neste|next|forrige|førre|last|ago|tomorrow|today|kvartal|quarter|halvår|årsskift\w*|years?"
    r"|\w+tallet|(?:19|20)\d0s|\d{1,2}[./:]\d{1,2}|\d{1,2} [ap]\.?m|noon|kl|klokk[ae]\w*"
    rf"|(?:fort)?løpende|løpande|continuous\w*|{_MONTH}|{_SEASON})\b",
    re.IGNORECASE,
)
_MAY_BE_NUMBER = re.compile(
    rf"\d|\b(?:hal[vf]\w*|hver\w*|kvar\w*|every|annethvert|annakvart|one|ett|eitt|once|twice|dozen"
    r"|dusin|decade|tiår|(?:ukent|måned|månad|år|halvår)l[ei]g\w*|weekly|monthly|yearly|annual\w*|par"
    r"|third|tred\w*|quarter|fjerde\w*|flertall\w*|fleirtal\w*|majority|most|begge|both|ingen|none"
    rf"|no|nobody|noen|nokre|\w+talls?|{NUMBER_WORD})\b|\bein? \w+",
    re.IGNORECASE,
)
_MAY_BE_SUM = re.compile(
    r"\b(?:gratis|free|kostnadsfritt|ingenting|nothing|million\w*|milliard\w*|billions?|tusen\w*"
    r"|thousand\w*|avheng\w*|depend\w*)\b",
    re.IGNORECASE,
)
_MAY_BE_ORGANISATION = re.compile(
    r"medlem|member|bedrift|verksemd|virksomhet|selskap|firma|partn[ea]r|compan|firms|business|klyng"
    r"|cluster|stat\b|staten|government|kommun|municipal|fylke|count|departement|ministr|universitet"
    r"|universit|høgskol|høgskul|institut|verk\b|verft|rederi|styret|board|panel|utvalg|committee",
    re.IGNORECASE,
)
_NOT_A_PERSON = frozenset(
    """
        nce gce arena pro cluster clusters team center centre centres senter innovation
        innovasjon norge norway norwegian norsk norges norske nordic national nasjonalt the
        innovasjonssenter kunnskapsparken kunnskapspark forskningsråd forskningsrådet council
        ministry universitet university institutt institute as asa group oslo bergen stavanger
        trondheim energy ocean maritime health technology expertise global helgeland mosjøen
        rana salten media city tech research siva edge hub valley network nettverk klyngen
        klynge board act wind smart ferdig systems engineering seafood fashion tourism fjord
        life science offshore
        """.split()
)


def _spans(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _places(text: str) -> Iterator[Span]:
    for match in _PLACE.finditer(text):
        if not _DATE_WORD.match(match.group(1)):
            yield match.span(1)


def _people(text: str) -> Iterator[Span]:
    for match in _PERSON.finditer(text):
        words = match.group()
        if words.count(" ") > 2 * _LONGEST_NAME:
            continue
        while before := _BEFORE_NAME.match(words):  # "By Mayor Kari Ås"
            words = words[before.end() :]
        start = match.end() - len(words)
        words = re.sub(r"['’]s$", "", words)
        if _is_name(words):
            yield start, start + len(words)


def _is_name(words: str) -> bool:
    """Whether a run of capitalised words may name a person: no organisation, no bare title."""
    parts = re.split(r"[\s-]", words.lower())
    return (
        len(parts) > 1
        and len(words.split()) <= _LONGEST_NAME
        and not _NOT_A_PERSON.intersection(parts)
        and not _ENDS_IN_TITLE.fullmatch(words)
        and not _ORGANISATION.match(words)
    )


def _organisations(text: str) -> Iterator[Span]:
    """Names, or several in a row, of which at least one is more than a status."""
    without = _STATUS.sub(lambda match: "." * len(match.group()), text)
    for match in _ENUMERATION.finditer(text):
        if re.search(_CAPITALISED, without[slice(*match.span())]):
            yield match.span()


def _dates(text: str) -> Iterator[Span]:
    counts = [match.span() for match in _COUNTED.finditer(text)]
    return (match.span() for match in _DATE.finditer(text) if not touches(match.span(), counts))


def _numbers(text: str) -> Iterator[Span]:
    """Counts: not the figures of a date or of a sum of money."""
    taken = [*_dates(text), *(match.span() for match in _MONEY_SUM.finditer(text))]
    is_norwegian = len(_NORWEGIAN.findall(text)) > len(_ENGLISH.findall(text))
    for match in _NUMBER.finditer(text):
        is_other_word = _NUMBER_IN_NORWEGIAN.match(match.group()) and not is_norwegian
        if not is_other_word and not any(start <= match.start() < end for start, end in taken):
            yield match.span()


_FINDERS: dict[AnswerKind, Callable[[str], Iterator[Span]]] = {
    "person": _people,
    "number": _numbers,
    "sum": _spans(_SUM),
    "date": _dates,
    "place": _places,
    "organisation": _organisations,
    "contact": _spans(_CONTACT),
    "reason": lambda text: iter(()),
    "text": lambda text: iter(()),
}


def candidates(text: str, kind: AnswerKind) -> list[Span]:
    """Where in the text something of this kind stands, in reading order."""
    return list(_FINDERS[kind](text))


# What no answer of a kind is: "2013" is no number of members, and "ten years" no sum.
_OTHERS: dict[AnswerKind, tuple[AnswerKind, ...]] = {
    "number": ("date", "sum"),
    "sum": ("date",),
    "place": ("date",),
    "organisation": ("date",),
}


def may_be(words: str, kind: AnswerKind) -> bool:
    """Whether words may be of this kind though they have not its usual shape: a surname alone,
    a place after no preposition, "Tuesdays", a price without its currency."""
    return _is_shaped(words, kind) and not any(_is_wholly(words, o) for o in _OTHERS.get(kind, ()))


def _is_wholly(words: str, kind: AnswerKind) -> bool:
    return (0, len(words)) in candidates(words, kind)


def _is_shaped(words: str, kind: AnswerKind) -> bool:
    if kind == "person":
        parts = re.split(r"[\s-]", words.lower())
        return bool(_NAMED.search(words)) and not _NOT_A_PERSON.intersection(parts)
    if kind == "place":
        return bool(_NAMED.search(words) or _CONTACT.search(words))
    if kind == "date":
        return bool(_MAY_BE_DATE.search(words))
    if kind == "organisation":
        return bool(_NAMED.search(words) or _MAY_BE_ORGANISATION.search(words))
    if kind == "sum" and _MAY_BE_SUM.search(words):
        return True
    return kind in ("number", "sum") and bool(_MAY_BE_NUMBER.search(words))
