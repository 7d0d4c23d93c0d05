"""Numbers as the language of the window writes them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def number(value: float, digits: int = 0) -> str:
    """With so many digits after the point."""
    return QLocale().toString(float(value), "f", digits)


def percent(share: float) -> str:
    """0.5 as "50 %"."""
    return f"{number(100 * share)} %"


def size(count: int) -> str:
    """Bytes as "12 kB" or "3.4 MB": with one digit after the point below 100, where there are MB."""
    digits = 0 if count < 1e6 or round(count / 1000 ** (2 if count < 1e9 else 3)) >= 100 else 1
    return QLocale().formattedDataSize(max(count, 1000), digits, QLocale.DataSizeFormat.DataSizeSIFormat)
