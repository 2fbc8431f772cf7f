"""The one address of a page: the site's own word for it, without what only tracks readers."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid"
    r"|_ga|_gl|_hsenc|_hsmi|hsctatracking|mkt_tok|ref_src)(?:=.*)?",
    re.IGNORECASE,
)


def canonical(stated: str | None, address: str | None) -> str | None:
    """What the page states, where that is on the same site; else the address it was found at."""
    found = _cleaned(address) if address else None
    wanted = _cleaned(stated, base=address or "") if stated else None
    if wanted is None or (found and not _is_same_page(wanted, found)):
        return found
    return wanted


def _cleaned(address: str, base: str = "") -> str | None:
    """The address without fragment, login and tracking parameters; None if it is not http(s)."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.netloc.rpartition("@")[2].lower()
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.fullmatch(part))
    return re.sub(r"\s", "%20", urlunsplit((parts.scheme, host, parts.path, query, "")))


def _is_same_page(stated: str, found: str) -> bool:
    """Whether a stated address is on the site; sites that state their front page are mistaken."""
    ours, theirs = urlsplit(found), urlsplit(stated)
    is_front = theirs.path in ("", "/") and not theirs.query
    return _site(stated) == _site(found) and (not is_front or ours.path in ("", "/"))


def _site(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
