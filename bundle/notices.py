"""The licences of everything in a bundle, made from the packages that are really in it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

#: Names of files that hold a licence or what its owner wants to be said.
_TEXTS = ("licen", "copying", "notice", "authors")
#: The licences that wheels of Qt and of libheif's parts name and do not bring.
_WHOLE = Path(__file__).parent / "licences"
_FIRST = """Latent Darkroom is built from the packages below.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3, as are libheif and libde265, which
come with pi_heif. All of them lie beside the program as files of their own, which you may replace with your own
builds; their source is at code.qt.io and github.com/strukturag. The whole licences stand at the end."""
#: The program itself, whose licence lies beside this file.
_OURS = "latent-darkroom"
_RULE = "=" * 100


def notices(modules: Iterable[str]) -> str:
    """The text for these modules (of any depth): each package's name, version, licence and licence texts."""
    known = metadata.packages_distributions()
    tops = {module.split(".")[0] for module in modules} - sys.stdlib_module_names
    names = {name for top in tops for name in known.get(top, ())} - {_OURS}
    parts = [_FIRST, _python()]
    parts += [_of(metadata.distribution(name)) for name in sorted(names, key=str.casefold)]
    parts += [path.read_text(encoding="utf-8").strip("\n") for path in sorted(_WHOLE.iterdir(), reverse=True)]
    return f"\n\n{_RULE}\n\n".join(parts) + "\n"


def _of(package: metadata.Distribution) -> str:
    about = package.metadata
    licence = _first(about, "License-Expression") or _classified(about) or _first(about, "License") or "see below"
    home = _first(about, "Home-page") or _first(about, "Project-URL")
    head = f"{about['Name']} {package.version}\nLicence: {licence.strip().splitlines()[0]}\n{home}".strip()
    texts = []
    for file in package.files or []:
        beside = "dist-info" in str(file) or len(file.parts) == 2
        text = file.suffix in ("", ".txt", ".md", ".rst")
        if beside and text and any(word in file.name.lower() for word in _TEXTS):
            texts.append(Path(str(file.locate())).read_text(encoding="utf-8").strip())
    return "\n\n".join([head, *texts])


def _first(about: metadata.PackageMetadata, field: str) -> str:
    return (about.get_all(field) or [""])[0]


def _classified(about: metadata.PackageMetadata) -> str:
    told = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(line.rpartition("::")[2].strip() for line in told)


def _python() -> str:
    head = f"Python {sys.version.split()[0]}\nLicence: Python Software Foundation License"
    places = [Path(sys.base_prefix) / "LICENSE.txt", Path(metadata.__file__).parents[2] / "LICENSE.txt"]
    texts = [place.read_text(encoding="utf-8").strip() for place in places if place.is_file()]
    return "\n\n".join([head, *texts[:1]])
