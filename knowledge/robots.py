"""Which addresses a site's robots.txt leaves to us, as RFC 9309 reads it.

The standard library's parser takes the first rule that fits instead of the longest, and knows no
wildcards.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

import httpx

from knowledge.web import AGENT, Session, WebError

_LIMIT = 1 << 20  # bytes
_LINE = re.compile(r"\s*(user-agent|allow|disallow)\s*:\s*([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of the sites that one session visits, each asked for once."""

    session: Session
    _texts: dict[tuple[bytes, bytes], str] = field(default_factory=dict)

    def check(self, url: httpx.URL) -> None:
        """Raise a WebError where the site does not want programs to read this address."""
        site = (url.raw_scheme, url.netloc)
        if site not in self._texts:
            self._texts[site] = self._read(url.copy_with(raw_path=b"/robots.txt"))
        if not allows(self._texts[site], url.raw_path.decode()):
            raise WebError(
                f"{url.host} vil ikke at programmer henter {url} (robots.txt): lagre siden "
                "i nettleseren, og bruk filen",
                f"{url.host} does not want programs to fetch {url} (robots.txt): save the page "
                "in the browser, and use the file",
            )

    def _read(self, url: httpx.URL) -> str:
        """The text; none where there is no file. A site that cannot say refuses, for now."""
        with self.session.get(url) as reply:
            if reply.status == 429 or reply.status >= 500:
                raise WebError(
                    f"{url} kan ikke leses nå ({reply.status}), så vi vet ikke om vi får hente "
                    "siden: prøv igjen senere",
                    f"{url} cannot be read now ({reply.status}), so we do not know whether we "
                    "may fetch the page: try again later",
                )
            return reply.read(_LIMIT).decode(errors="replace") if reply.status == 200 else ""


def allows(text: str, path: str) -> bool:
    """Whether a robots.txt lets us read a path: the longest rule decides, and leave before ban."""
    fitting = [(len(rule), leave) for leave, rule in _rules(text) if _fits(rule, path)]
    return max(fitting, default=(0, True))[1]


def _rules(text: str) -> list[tuple[bool, str]]:
    """What holds for us by name or, where we are not named, for all; True for "allow"."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    named: list[str] = []
    naming = False
    for key, value in _lines(text):
        if key == "user-agent":
            named = [*(named if naming else []), value.lower().partition("/")[0]]
            groups.setdefault(named[-1], [])
        elif value:
            for name in named:
                groups[name].append((key == "allow", value))
        naming = key == "user-agent"
    return groups.get(AGENT, groups.get("*", []))


def _lines(text: str) -> list[tuple[str, str]]:
    matches = map(_LINE.match, text.removeprefix("\ufeff").splitlines())
    return [(match[1].lower(), match[2].strip()) for match in matches if match]


def _fits(rule: str, path: str) -> bool:
    """Whether a path begins as the rule says; `*` is any text, and a last `$` the path's end."""
    whole = unquote(path)
    first, *rest = unquote(rule.removesuffix("$")).split("*")
    if not whole.startswith(first):
        return False
    end = len(first)
    for part in rest:
        at = whole.find(part, end)
        if at < 0:
            return False
        end = at + len(part)
    if not rule.endswith("$") or end == len(whole):
        return True
    return bool(rest) and whole.endswith(rest[-1])
