"""The report on a folder: one page with the pictures inside (.html), a table (.csv) or everything (.json).

The page needs nothing but itself: styles and pictures are in it, no script, nothing from a network. It prints
on A4 or Letter: light paper whatever the screen's theme, no picture or heading cut by a page's end.
"""

from __future__ import annotations

import base64
import csv
import html
import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from engine import report_page
from engine.atlas import KNOWN, Atlas
from engine.errors import PhotoError
from engine.files import explain, replacing
from engine.scaled import read_scaled

#: How many of each are shown.
_ODD, _CLUSTER, _GROUPS, _IN_GROUP, _LEFT_OUT = 24, 16, 24, 8, 40
#: Sides in pixels: of the map, of a picture on it, of the pictures below it.
_MAP, _DOT, _PICTURE = 1400, 40, 176
_QUALITY = 82


class Row(msgspec.Struct, frozen=True):
    """One picture, as the table and ``.json`` have it."""

    file: str
    width: int
    height: int
    oddness: float
    out_of_place: float
    known: str
    bits: float  #: a number of the picture: reconstruction and KL together
    bits_reconstruction: float
    bits_kl: float
    cluster: int
    copies: int  #: number of its group of copies, -1: it has none
    x: float  #: on the map, 0..1
    y: float


def write(atlas: Atlas, target: Path, overwrite: bool = False) -> None:
    """Write the report; its suffix says which. Raises `PhotoError`, naming the file."""
    made = {".html": page, ".csv": table, ".json": everything}[target.suffix.lower()](atlas)
    try:
        with replacing(target, overwrite=overwrite) as file:
            file.write(made.encode("utf-8", errors="surrogateescape"))
    except FileExistsError as error:
        raise PhotoError(target, "it already exists; --overwrite replaces it.") from error
    except OSError as error:
        raise PhotoError(target, f"{explain(error, writing=True)}.") from error


def rows(atlas: Atlas) -> list[Row]:
    """All pictures, the oddest first."""
    places = atlas.positions
    return [
        Row(
            file=atlas.names[n],
            width=int(atlas.pixels[n, 0]),
            height=int(atlas.pixels[n, 1]),
            oddness=round(float(atlas.oddness[n]), 3),
            out_of_place=round(float(atlas.out_of_place[n]), 3),
            known=KNOWN[atlas.known[n]],
            bits=round(max(float(atlas.bits[n].sum()), 0.0), 3),
            bits_reconstruction=round(float(atlas.bits[n, 0]), 3),
            bits_kl=round(float(atlas.bits[n, 1]), 3),
            cluster=int(atlas.clusters[n]),
            copies=int(atlas.groups[n]),
            x=round(float(places[n, 0]), 4),
            y=round(float(places[n, 1]), 4),
        )
        for n in atlas.oddness.argsort()[::-1]
    ]


def table(atlas: Atlas) -> str:
    """Comma-separated, one line a picture."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(Row.__struct_fields__)
    lines.writerows(msgspec.structs.astuple(row) for row in rows(atlas))
    return text.getvalue()


def everything(atlas: Atlas) -> str:
    """JSON: the folder, the model, and `Row` for each picture."""
    said = {
        "folder": str(atlas.folder),
        "model": atlas.model,
        "usual_bits": atlas.usual_bits,
        "pictures": rows(atlas),
        "left_out": [{"file": name, "cause": cause} for name, cause in atlas.left_out],
    }
    return msgspec.json.format(msgspec.json.encode(said).decode(), indent=1) + "\n"


# -- the page -------------------------------------------------------------------------------------------


def page(atlas: Atlas) -> str:
    """HTML, complete."""
    title = f"{atlas.folder.name or atlas.folder} through {atlas.model_name}"
    low, middle, high = atlas.usual_bits
    known = np.bincount(atlas.known, minlength=3)
    facts = [
        ("Pictures", f"{len(atlas):,}"),
        ("The model knows", f"{known[0]:,} well, {known[1]:,} roughly, {known[2]:,} not"),
        ("Bits a number", f"{_middle_bits(atlas):.2f} here; {middle:.2f} ({low:.2f} to {high:.2f}) for its own kind"),
        ("Clusters", str(int(atlas.clusters.max()) + 1)),
        ("Groups of copies", str(int(atlas.groups.max()) + 1)),
        ("Not readable", str(len(atlas.left_out))),
        ("Looked at", datetime.now().strftime("%Y-%m-%d %H:%M")),
    ]
    sections = [
        report_page.section("The map", report_page.MAP_NOTE, report_page.map_figure(_uri(map_picture(atlas)))),
        report_page.section("The odd ones out", report_page.ODD_NOTE, report_page.side_by_side(_odd(atlas))),
        report_page.section("Clusters", report_page.CLUSTER_NOTE, "".join(_clusters(atlas))),
    ]
    if (atlas.groups >= 0).any():
        sections.append(report_page.section("Copies", report_page.COPIES_NOTE, "".join(_copies(atlas))))
    if atlas.left_out:
        sections.append(report_page.section("Not readable", "", "".join(_left_out(atlas))))
    return report_page.whole(title, facts, sections)


def map_picture(atlas: Atlas) -> np.ndarray:
    """The map with thumbnails [1400, 1400, 3] uint8, on white: as many as fit without hiding each other."""
    canvas = np.full((_MAP, _MAP, 3), 255, np.uint8)
    room = _MAP - _DOT
    corners = np.clip(atlas.positions * room, 0, room).astype(int)
    taken = np.zeros((_MAP, _MAP), bool)
    shown = []
    # The ordinary ones first: they say what a region is about.
    for n in atlas.oddness.argsort(kind="stable"):
        x, y = corners[n]
        if not taken[y : y + _DOT : _DOT - 1, x : x + _DOT : _DOT - 1].any():
            taken[y : y + _DOT, x : x + _DOT] = True
            shown.append(n)
        else:
            middle = canvas[y + _DOT // 2 - 1 : y + _DOT // 2 + 2, x + _DOT // 2 - 1 : x + _DOT // 2 + 2]
            middle[:] = 190  # a dot: here is one more
    for n, small in zip(shown, atlas.thumbnails(np.array(shown)), strict=True):
        x, y = corners[n]
        canvas[y : y + _DOT, x : x + _DOT] = _sized(small, _DOT)
    return canvas


def heated(picture: np.ndarray, heat: np.ndarray) -> np.ndarray:
    """A picture [s, s, 3] uint8 with the places of ``heat`` [16, 16] uint8 in red where they stand out in it."""
    strength = heat.astype(np.float32)
    strength = np.clip((strength - np.median(strength)) / max(float(strength.max() - np.median(strength)), 1.0), 0, 1)
    mask = np.asarray(Image.fromarray(strength).resize(picture.shape[1::-1], Image.Resampling.BICUBIC))
    cover = 0.65 * np.clip(mask, 0, 1)[..., None]
    return np.rint(picture * (1 - cover) + np.array([220, 30, 30]) * cover).astype(np.uint8)


def _odd(atlas: Atlas) -> Iterable[str]:
    first = atlas.oddness.argsort()[::-1][:_ODD]
    for n, heat in zip(first, atlas.heats(first), strict=True):
        seen = _seen(atlas, int(n))
        caption = (
            f"{_name(atlas, n)}<br>{atlas.oddness[n]:.1f}, known {KNOWN[atlas.known[n]]}; "
            f"{max(atlas.bits[n].sum(), 0):.2f} bits ({atlas.bits[n, 0]:.2f} + {atlas.bits[n, 1]:.2f})"
        )
        yield report_page.figure([_uri(seen), _uri(heated(seen, heat))], caption)


def _clusters(atlas: Atlas) -> Iterable[str]:
    for cluster in range(int(atlas.clusters.max()) + 1):
        mine = np.flatnonzero(atlas.clusters == cluster)
        typical = mine[atlas.out_of_place[mine].argsort()]
        chosen = typical[np.unique(np.linspace(0, 0.9 * (len(typical) - 1), min(_CLUSTER, len(typical))).astype(int))]
        pictures = [_uri(_sized(small, 96)) for small in atlas.thumbnails(chosen)]
        yield report_page.strip(f"Cluster {cluster + 1}: {len(mine):,} pictures", pictures)


def _copies(atlas: Atlas) -> Iterable[str]:
    count = int(atlas.groups.max()) + 1
    for group in range(min(count, _GROUPS)):
        mine = np.flatnonzero(atlas.groups == group)
        pictures = [_uri(_sized(small, 96)) for small in atlas.thumbnails(mine[:_IN_GROUP])]
        names = ", ".join(_name(atlas, n) for n in mine[:_IN_GROUP])
        yield report_page.strip(names + (", ..." if len(mine) > _IN_GROUP else ""), pictures)
    if count > _GROUPS:
        yield f"<p>And {count - _GROUPS} groups more.</p>"


def _left_out(atlas: Atlas) -> Iterable[str]:
    lines = [f"<li>{html.escape(name)}: {html.escape(cause)}</li>" for name, cause in atlas.left_out[:_LEFT_OUT]]
    more = f"<li>and {len(atlas.left_out) - _LEFT_OUT} more</li>" if len(atlas.left_out) > _LEFT_OUT else ""
    yield f"<ul>{''.join(lines)}{more}</ul>"


def _seen(atlas: Atlas, picture: int) -> np.ndarray:
    """The square the model saw, from the file where it is still there."""
    from engine.frame import framed
    from engine.squares import squared

    try:
        pixels = read_scaled(atlas.path(picture), _PICTURE).pixels
    except PhotoError:
        return _sized(atlas.thumbnails(np.array([picture]))[0], _PICTURE)
    return (squared if atlas.whole else framed)(pixels, _PICTURE)


def _middle_bits(atlas: Atlas) -> float:
    return max(float(np.median(atlas.bits.sum(1))), 0.0)


def _name(atlas: Atlas, picture: int) -> str:
    return html.escape(atlas.names[picture].encode(errors="replace").decode())


def _sized(picture: np.ndarray, side: int) -> np.ndarray:
    return np.asarray(Image.fromarray(picture).resize((side, side), Image.Resampling.LANCZOS))


def _uri(picture: np.ndarray) -> str:
    """A picture inside the page."""
    made = io.BytesIO()
    Image.fromarray(picture).save(made, "JPEG", quality=_QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(made.getvalue()).decode()
