from __future__ import annotations

import pytest

from benchmarks.table import Table


def test_markdown_has_even_columns_and_notes():
    table = Table("Noise", ["", "15", "a wide column"])
    table.add("FFDNet", 33.549, None)
    table.add("a longer name", "0.9", 2.0)
    table.notes = ["Measured."]
    text = table.markdown()
    assert text.startswith("### Noise\n\n| ")
    assert text.endswith("\n\n- Measured.\n")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len({len(line) for line in lines}) == 1
    assert [cell.strip() for cell in lines[2].strip("|").split("|")] == ["FFDNet", "33.55", "-"]
    assert [cell.strip() for cell in lines[3].strip("|").split("|")] == ["a longer name", "0.9", "2.00"]


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="FFDNet has 2 cells, not 3"):
        Table("Noise", ["", "15", "25"]).add("FFDNet", 1.0)
