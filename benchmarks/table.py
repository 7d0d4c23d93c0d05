"""A table of results as Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Table:
    """``rows`` hold finished text, the first cell naming the row; ``notes`` are sentences below the table."""

    title: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, *cells: float | str | None, digits: int = 2) -> None:
        """Add a row. Numbers are rounded to ``digits``, None becomes a dash. Raises `ValueError` on a wrong count."""
        if len(cells) + 1 != len(self.columns):
            raise ValueError(f"{self.title}: {name} has {len(cells) + 1} cells, not {len(self.columns)}.")
        self.rows.append([name, *(_text(cell, digits) for cell in cells)])

    def markdown(self) -> str:
        """Heading, table with columns of even width, and notes."""
        lines = [self.columns, *self.rows]
        widths = [max(3, *(len(line[i]) for line in lines)) for i in range(len(self.columns))]
        # Numbers stand right, under one another.
        ruler = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]

        def row(cells: list[str]) -> str:
            rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
            return "| " + " | ".join([cells[0].ljust(widths[0]), *rest]) + " |"

        parts = [f"### {self.title}\n", row(self.columns), row(ruler), *(row(cells) for cells in self.rows)]
        parts += ["", *(f"- {note}" for note in self.notes)] if self.notes else []
        return "\n".join(parts) + "\n"


def _text(cell: float | str | None, digits: int) -> str:
    if cell is None:
        return "-"
    return cell if isinstance(cell, str) else f"{cell:.{digits}f}"
