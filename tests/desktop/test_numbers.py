"""Numbers as a language writes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from desktop.numbers import number, percent, size


@pytest.fixture
def speak() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def test_sizes() -> None:
    sizes = [size(n) for n in (3_300, 5_400_000, 334_000_000, 2_600_000_000)]
    assert sizes == ["3 kB", "5.4 MB", "334 MB", "2.6 GB"]


@pytest.mark.usefixtures("speak")
def test_a_language_has_its_own_signs() -> None:
    QLocale.setDefault(QLocale("de"))
    assert number(1234.56, 1) == "1.234,6"
    assert size(5_400_000) == "5,4 MB"
    QLocale.setDefault(QLocale("en"))
    assert number(1234.56, 1) == "1,234.6"
    assert percent(0.25) == "25 %"
