"""The language of the window: which there are, and Qt's translators for the one that was chosen.

The words lie in ``assets/translations`` as Qt Linguist's files (.ts); what Qt reads (.qm) is compiled from them,
by `make translations`, by the bundle, or here where a file is missing or older than its words.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.crash_log import log

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "translations"
#: Each language in its own words.
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_installed: list[QTranslator] = []


def system() -> str:
    """The first of the user's languages that there is; English where there is none."""
    for name in QLocale.system().uiLanguages():
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return "en"
        if locale.language() == QLocale.Language.Chinese and locale.script() == QLocale.Script.SimplifiedHanScript:
            return "zh_CN"
    return "en"


def apply(choice: str) -> None:
    """Speak a language from now on: one of `LANGUAGES`, or "system". Windows that are open keep their words."""
    language = choice if choice in LANGUAGES else system()
    words = [_load(compiled(name), name) for name in dict.fromkeys(("en", language))]  # English has its plurals there
    qt = QTranslator()
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        words.insert(0, qt)
    install([translator for translator in words if translator is not None])
    QLocale.setDefault(QLocale(language))


def install(translators: list[QTranslator]) -> None:
    """Put translators in the place of those before; the last is asked first."""
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed[:] = translators
    for translator in _installed:
        QCoreApplication.installTranslator(translator)


def compiled(language: str) -> Path:
    """The file that Qt reads, made where it is missing or older than the words. Where that fails it is noted."""
    words, file = (FOLDER / f"latent-darkroom_{language}{suffix}" for suffix in (".ts", ".qm"))
    try:
        if words.exists() and not (file.exists() and file.stat().st_mtime_ns >= words.stat().st_mtime_ns):
            passing = file.with_suffix(f".{os.getpid()}.qm")
            subprocess.run([tool("lrelease"), "-silent", words, "-qm", passing], check=True, capture_output=True)
            passing.replace(file)
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("The language %s cannot be compiled: %s", language, error)
    return file


def tool(name: str) -> Path:
    """One of the programs that come with Qt's Python package."""
    return Path(PySide6.__file__).parent / (f"{name}.exe" if sys.platform == "win32" else name)


def _load(file: Path, language: str) -> QTranslator | None:
    translator = QTranslator()
    if translator.load(str(file)):
        return translator
    log.warning("There are no words for the language %s.", language)
    return None
