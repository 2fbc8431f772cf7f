"""The recipe of the reader: from `../shared/data` to a weight file, with one command."""
