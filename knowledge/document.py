"""A page or file as it came, before anything is read out of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes, and what was said about them; `address` is where they were found in the end."""

    data: bytes = field(repr=False)
    name: str  # of the file, or the address that was asked for
    media_type: str | None = None  # "text/html", as the server said
    charset: str | None = None  # as the server said
    address: str | None = None
