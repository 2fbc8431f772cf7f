"""Why a document is not read: what is wrong and what to do, in bokmål and in English."""

from knowledge.errors import KlyngesvarError


def refusal(name: str, nb: str, en: str) -> KlyngesvarError:
    """The error for a document of this name (a file or an address)."""
    return KlyngesvarError(f"{name}: {nb}\n    {en}")


def broken(name: str) -> KlyngesvarError:
    """The error for a file that its own format's library cannot read."""
    return refusal(
        name,
        "filen er skadet eller ufullstendig: hent den på nytt, eller lagre den på nytt som PDF",
        "the file is damaged or incomplete: get it again, or save it anew as PDF",
    )


def too_large(name: str) -> KlyngesvarError:
    """The error for a file that unpacks to more than any article."""
    return refusal(
        name,
        "filen er for stor når den pakkes ut: kopier teksten inn i en tekstfil",
        "the file is too large when unpacked: copy the text into a text file",
    )


def no_text(name: str) -> KlyngesvarError:
    """The error for a document in which no article was found."""
    return refusal(
        name,
        "finner ingen artikkeltekst: kopier den inn i en tekstfil, med overskriften på første "
        "linje, eller begynn selv med «klyngesvar new»",
        "found no article text: copy it into a text file, with the headline on the first "
        'line, or start by hand with "klyngesvar new"',
    )


def not_a_document(name: str) -> KlyngesvarError:
    """The error for bytes that are none of the formats that are read."""
    return refusal(
        name,
        "dette er ikke et dokument som kan leses: bruk en nettside, PDF, Word (.docx), "
        "ren tekst eller Markdown",
        "this is not a document that can be read: use a web page, PDF, Word (.docx), "
        "plain text or Markdown",
    )
