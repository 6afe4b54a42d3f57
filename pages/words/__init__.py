"""How figures and days are written, and what the figures say in sentences."""

from queries import formats as formats
