"""Text without what is nobody else's business: who the user is, and how their folders are called.

Of a file only its own name is left, and the paths of the program itself, which say where something went wrong.
"""

from __future__ import annotations

import functools
import re
import sys
from pathlib import Path

#: Account names that say nothing, and are words that a log needs.
_NOBODY = frozenset(("root", "user", "admin", "administrator", "home", "app", "python", "public", "default"))
#: The folders of a path that begins at the root, at a drive or at home: in quotes they may hold spaces.
_QUOTED = re.compile(r"""(['"“])(?:~|[A-Za-z]:)?[/\\][^'"“”\n]*[/\\]([^'"“”/\\\n]*)""")
_BARE = re.compile(r"""(?<![\w/\\.…~>:])(?:~|[A-Za-z]:)?[/\\](?:[^\s/\\'"“”]+[/\\])+""")


def scrub(text: str) -> str:
    """The text with the user's name, home and folders taken out."""
    for folder, word in _folders():
        text = text.replace(folder, word)
    text = _QUOTED.sub(r"\1…/\2", text)
    text = _BARE.sub("…/", text)
    name = _user()
    return name.sub("<user>", text) if name else text


@functools.cache
def _folders() -> tuple[tuple[str, str], ...]:
    """Known folders as they may be written, the longest first, each with the word that stands for it."""
    known = {
        str(Path(__file__).resolve().parent.parent): "<program>",
        str(Path(sys.prefix)): "<python>",
        str(Path(sys.base_prefix)): "<python>",
        str(Path(sys.executable).parent): "<python>",
        str(Path.home()): "~",
    }
    known = {folder: word for folder, word in known.items() if len(Path(folder).parts) > 1}
    known |= {folder.replace("\\", "/"): word for folder, word in known.items()}
    known |= {folder.replace("\\", "\\\\"): word for folder, word in known.items()}  # as Python and JSON quote them
    return tuple(sorted(known.items(), key=lambda item: -len(item[0])))


@functools.cache
def _user() -> re.Pattern[str] | None:
    import getpass

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such account, no such module
        return None
    if len(name) < 3 or name.lower() in _NOBODY:
        return None
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
