import pytest

from bot.settings import Settings
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
    settings = Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN})
    assert repr(settings) == "Settings(api_url='https://api.telegram.org')"
