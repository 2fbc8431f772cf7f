"""Where the content lies when no other folder is named."""

from pathlib import Path

KNOWLEDGE = Path(__file__).parent
