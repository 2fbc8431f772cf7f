from pathlib import Path

import pytest

from bot.settings import Settings
from index.paths import cache_folder
from knowledge.errors import KlyngesvarError

TOKEN = "123456:AAH-hemmelig_35"


def test_a_token_is_enough() -> None:
    settings = Settings.from_environment({"TELEGRAM_BOT_TOKEN": f" {TOKEN}\n"})
    assert (settings.token, settings.api_url) == (TOKEN, "https://api.telegram.org")


@pytest.mark.parametrize("url", ["http://localhost:8081", "https://x.no/tg/"])
def test_a_server_of_ones_own(url: str) -> None:
    environment = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url}
    assert Settings.from_environment(environment).api_url == url.rstrip("/")


@pytest.mark.parametrize("token", [None, "", "hemmelig", "123456:", "123456:a b", "x:abc"])
def test_no_token_or_a_bad_one_says_where_to_get_one_and_does_not_repeat_it(
    token: str | None,
) -> None:
    environment = {} if token is None else {"TELEGRAM_BOT_TOKEN": token}
    with pytest.raises(KlyngesvarError, match=r"TELEGRAM_BOT_TOKEN.*BotFather") as raised:
        Settings.from_environment(environment)
    assert not token or token not in str(raised.value)


@pytest.mark.parametrize("url", ["localhost:8081", "ftp://x.no", "http://", "http://x.no?a"])
def test_a_bad_address_is_repeated(url: str) -> None:
    environment = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url}
    with pytest.raises(KlyngesvarError) as raised:
        Settings.from_environment(environment)
    assert str(raised.value).startswith(f"TELEGRAM_API_URL is {url!r}")


def test_the_token_is_not_in_the_repr() -> None:
    assert "hemmelig" not in repr(Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN}))


def read(**environment: str) -> Settings:
    return Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN, **environment})


def test_without_settings_it_polls_and_serves_only_its_own_machine() -> None:
    journal = cache_folder() / "journal.sqlite3"
    assert read() == Settings(
        TOKEN, "https://api.telegram.org", None, "127.0.0.1", 8080, "text", journal, 180
    )


def test_every_setting_of_our_own() -> None:
    settings = read(
        KLYNGESVAR_WEBHOOK_URL="https://bot.x.no/tg/hook",
        KLYNGESVAR_HOST="0.0.0.0",
        KLYNGESVAR_PORT="0",
        KLYNGESVAR_LOG_FORMAT="json",
        KLYNGESVAR_CACHE="/var/cache",
        KLYNGESVAR_JOURNAL="/var/klynge.db",
        KLYNGESVAR_RETENTION_DAYS="30",
        KLYNGESVAR_ADMINS=" 12, 34",
        KLYNGESVAR_CHATS="12,-1001234567890",
        KLYNGESVAR_DIGEST_CHAT="-70",
    )
    url, journal = "https://bot.x.no/tg/hook", Path("/var/klynge.db")
    assert settings == Settings(
        TOKEN,
        "https://api.telegram.org",
        url,
        "0.0.0.0",
        0,
        "json",
        journal,
        retention_days=30,
        admins=frozenset({12, 34}),
        chats=frozenset({12, -1001234567890}),
        digest_chat=-70,
    )
    assert settings.webhook_path == "/tg/hook"
    assert read(KLYNGESVAR_WEBHOOK_URL="https://bot.x.no").webhook_path == "/"


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("KLYNGESVAR_WEBHOOK_URL", "http://bot.x.no/tg", "such as https://"),
        ("KLYNGESVAR_WEBHOOK_URL", "bot.x.no/tg", "such as https://"),
        ("KLYNGESVAR_WEBHOOK_URL", "https://bot.x.no/metrics", "that path is taken"),
        ("KLYNGESVAR_PORT", "http", "from 1 to 65535"),
        ("KLYNGESVAR_PORT", "65536", "from 1 to 65535"),
        ("KLYNGESVAR_PORT", "-1", "from 1 to 65535"),
        ("KLYNGESVAR_LOG_FORMAT", "xml", "write text or json"),
        ("KLYNGESVAR_RETENTION_DAYS", "0", "from 1 to 99999"),
        ("KLYNGESVAR_RETENTION_DAYS", "half a year", "from 1 to 99999"),
        ("KLYNGESVAR_ADMINS", "kari", "with commas between them"),
        ("KLYNGESVAR_ADMINS", "-12", "with commas between them"),
        ("KLYNGESVAR_ADMINS", "12,", "with commas between them"),
        ("KLYNGESVAR_CHATS", "12 -70", "with commas between them"),
        ("KLYNGESVAR_CHATS", "@klynge", "with commas between them"),
        ("KLYNGESVAR_DIGEST_CHAT", "12,34", "the number of one chat"),
    ],
)
def test_a_bad_value_is_named_with_its_variable(name: str, value: str, advice: str) -> None:
    with pytest.raises(KlyngesvarError) as raised:
        read(**{name: value})
    assert str(raised.value).startswith(f"{name} is {value!r}: ")
    assert advice in str(raised.value)


def test_unknown_variables_are_all_named_with_what_may_be_meant() -> None:
    with pytest.raises(KlyngesvarError) as raised:
        read(KLYNGESVAR_PROT="8080", KLYNGESVAR_ZZZ="1", SOMETHING_ELSE="1")
    assert str(raised.value).splitlines() == [
        "KLYNGESVAR_PROT is no setting of Klyngesvar: did you mean KLYNGESVAR_PORT? "
        "README.md lists all of them.",
        "KLYNGESVAR_ZZZ is no setting of Klyngesvar: remove it. README.md lists all of them.",
    ]
