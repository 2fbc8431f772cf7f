"""The one exception that people are shown: what is wrong and what to do about it."""


class KlyngesvarError(Exception):
    """An error whose text is written for the user; the command prints it and exits with 1."""
