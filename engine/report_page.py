"""The paper of the report: its styles, its words, and the frames that pictures are put into."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

MAP_NOTE = "Pictures that the model finds alike lie near each other. A grey dot is one that would hide another."
ODD_NOTE = (
    "Ranked by how untypical a picture is for the model and how far it stands from the rest of the folder; 0 is "
    "ordinary, from 1 on it is odd. On the right, red is where the model draws it wrong the most."
)
CLUSTER_NOTE = "From the middle of each cluster outwards."
COPIES_NOTE = "The same picture again: scaled, compressed or toned, or the very same file."

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, "Segoe UI", sans-serif; color: #1c1c1e; background: #fff; margin: 2rem auto;
  max-width: 62rem; padding: 0 1.2rem; }
h1 { font-size: 1.7rem; font-weight: 600; margin: 0 0 .8rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; font-weight: 600; margin: 2.2rem 0 .3rem; break-after: avoid; }
p.note { color: #5a5a60; margin: 0 0 .8rem; max-width: 46rem; break-after: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0; }
dt { color: #5a5a60; } dd { margin: 0; }
img { display: block; }
.map { width: 100%; max-width: 46rem; border: 1px solid #dcdce0; }
.side-by-side { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; width: 18.6rem; break-inside: avoid; }
figure div { display: flex; gap: .3rem; } figure img { width: 9.15rem; height: 9.15rem; }
figcaption { font-size: .8rem; color: #3a3a3e; overflow-wrap: anywhere; margin-top: .2rem; }
.strip { break-inside: avoid; margin-bottom: .9rem; }
.strip h3 { font-size: .9rem; font-weight: 600; margin: 0 0 .25rem; overflow-wrap: anywhere; }
.strip div { display: flex; flex-wrap: wrap; gap: .25rem; } .strip img { width: 3.6rem; height: 3.6rem; }
footer { color: #5a5a60; font-size: .8rem; margin-top: 2.5rem; }
@page { margin: 14mm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .map { max-width: 170mm; } }
"""


def whole(title: str, facts: Sequence[tuple[str, str]], sections: Sequence[str]) -> str:
    """The page. ``title`` and ``facts`` are plain text, ``sections`` from `section`."""
    title = html.escape(title.encode(errors="replace").decode())
    listed = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in facts)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body><h1>{title}</h1><dl>{listed}</dl>\n" + "\n".join(sections) + "\n"
        "<footer>Made by Latent Darkroom on this computer; the pictures are in this file.</footer></body></html>\n"
    )


def section(heading: str, note: str, inside: str) -> str:
    """A part of the page; ``inside`` is HTML."""
    said = f'<p class="note">{html.escape(note)}</p>' if note else ""
    return f"<section><h2>{html.escape(heading)}</h2>{said}{inside}</section>"


def map_figure(uri: str) -> str:
    """The large picture of the map."""
    return f'<img class="map" src="{uri}" alt="The map of the folder">'


def side_by_side(figures: Iterable[str]) -> str:
    """Figures in rows."""
    return f'<div class="side-by-side">{"".join(figures)}</div>'


def figure(uris: Sequence[str], caption: str) -> str:
    """Pictures side by side over a caption, which is HTML."""
    pictures = "".join(f'<img src="{uri}" alt="">' for uri in uris)
    return f"<figure><div>{pictures}</div><figcaption>{caption}</figcaption></figure>"


def strip(heading: str, uris: Sequence[str]) -> str:
    """A row of small pictures under a heading, which is HTML."""
    pictures = "".join(f'<img src="{uri}" alt="">' for uri in uris)
    return f'<div class="strip"><h3>{heading}</h3><div>{pictures}</div></div>'
