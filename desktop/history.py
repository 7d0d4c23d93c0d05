"""What was made, and how to make it again: a database of results with small pictures, in the user's data folder.

SQLite with a write-ahead log: an entry is there whole or not at all, also after a killed window, and two windows
may write at once. A database that is damaged is put aside and a new one begun. Only thumbnails lie in it; the
files of results are the user's own, wherever they were saved. Knows no Qt; every call touches the disk.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from desktop.work_folder import APP
from engine.files import put_aside

#: Results that are remembered; favourites are remembered beyond that. With their thumbnails about 40 MB.
MOST = 5000
#: Seconds to wait for another window that writes.
PATIENCE = 10.0
#: What the tables mean. A database of another version is put aside.
VERSION = 1

_TABLES = """
CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    made REAL NOT NULL,
    tab TEXT NOT NULL,
    title TEXT NOT NULL,
    model TEXT NOT NULL,
    file TEXT NOT NULL,
    source TEXT NOT NULL,
    how TEXT NOT NULL,
    words TEXT NOT NULL,
    thumbnail BLOB NOT NULL,
    favourite INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX by_time ON results (made DESC);
"""


class Made(msgspec.Struct, kw_only=True):
    """A result, as the tab tells it that made it."""

    tab: str  #: its `Tab.name`
    title: str
    how: dict[str, Any]  #: plain values; `Tab.make_again` knows what to do with them
    model: str = ""
    file: str = ""  #: where it was saved
    source: str = ""  #: the photo that it was made of

    @property
    def identity(self) -> str:
        """The same for what was made in the same way."""
        told = msgspec.json.encode([self.tab, self.how], order="deterministic")
        return hashlib.blake2b(told, digest_size=16).hexdigest()


class Entry(Made, kw_only=True):
    """A result in the history."""

    id: int
    made: float  #: seconds since 1970
    thumbnail: bytes  #: a JPEG or PNG; empty where there is none
    favourite: bool = False


def _keep_a_log(base: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. Of two windows that do so in a new database at the same moment, SQLite turns
    one away at once, whatever its timeout: both read, and neither could write before the other stops."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            base.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


class History:
    """The open database. Raises `sqlite3.Error` where the disk does not do what it should."""

    def __init__(self, path: Path | None = None) -> None:
        """``path``: the user's own unless given. Raises OSError."""
        self.path = path or Path(platformdirs.user_data_dir(APP, appauthor=False)) / "history.db"
        self.damaged: Path | None = None  #: where a database was put that could not be used
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._base = self._opened()
        except sqlite3.OperationalError:  # no permission, a full disk: it may be whole
            raise
        except sqlite3.DatabaseError:
            self.damaged = self._put_aside()
            self._base = self._opened()

    def _opened(self) -> sqlite3.Connection:
        # One thread at a time uses it, not always the same one.
        base = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            _keep_a_log(base)
            base.execute("PRAGMA synchronous = NORMAL")
            base.execute("PRAGMA cache_size = -500")  # kibibytes: it is looked into now and then
            base.execute("BEGIN IMMEDIATE")
            (version,) = base.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in filter(str.strip, _TABLES.split(";")):
                    base.execute(statement)
                base.execute(f"PRAGMA user_version = {VERSION}")
            base.execute("COMMIT")
            if version not in (0, VERSION) or base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("this is no history that can be used")
            base.execute(f"SELECT {_FIELDS} FROM results LIMIT 1").fetchone()
        except BaseException:
            base.close()
            raise
        return base

    def _put_aside(self) -> Path:
        """With its log, so that nothing that could be read one day is lost."""
        aside = put_aside(self.path)
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + suffix).rename(aside.with_name(aside.name + suffix))
        return aside

    def close(self) -> None:
        self._base.close()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield self._base
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    # -- results come ---------------------------------------------------------------------------

    def add(self, made: Made, thumbnail: bytes, when: float | None = None) -> int:
        """Remember a result; one that was made in the same way before is the same, made again. Its id."""
        values = (made.identity, time.time() if when is None else when, *_row(made), thumbnail)
        with self._changing() as base:
            base.execute(
                "INSERT INTO results (identity, made, tab, title, model, file, source, how, words, thumbnail)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (identity) DO UPDATE SET made = excluded.made, title = excluded.title,"
                " file = CASE excluded.file WHEN '' THEN file ELSE excluded.file END,"
                " words = CASE excluded.file WHEN '' THEN words ELSE excluded.words END,"
                " thumbnail = CASE length(excluded.thumbnail) WHEN 0 THEN thumbnail ELSE excluded.thumbnail END",
                values,
            )
            (number,) = base.execute("SELECT id FROM results WHERE identity = ?", values[:1]).fetchone()
            base.execute(
                "DELETE FROM results WHERE id IN"
                " (SELECT id FROM results WHERE NOT favourite ORDER BY made DESC, id DESC LIMIT -1 OFFSET ?)",
                (MOST,),
            )
        return number

    def put_back(self, entries: Sequence[Entry]) -> None:
        """Undo of `remove`."""
        with self._changing() as base:
            base.executemany(
                "INSERT OR IGNORE INTO results"
                " (id, identity, made, favourite, tab, title, model, file, source, how, words, thumbnail)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (entry.id, entry.identity, entry.made, entry.favourite, *_row(entry), entry.thumbnail)
                    for entry in entries
                ],
            )

    # -- and go ---------------------------------------------------------------------------------

    def remove(self, ids: Sequence[int]) -> None:
        """Forget results. Their files stay."""
        with self._changing() as base:
            base.executemany("DELETE FROM results WHERE id = ?", [(number,) for number in ids])

    def love(self, ids: Sequence[int], loved: bool) -> None:
        """Make results favourites, or not any more."""
        with self._changing() as base:
            base.executemany("UPDATE results SET favourite = ? WHERE id = ?", [(loved, number) for number in ids])

    # -- and are found --------------------------------------------------------------------------

    def find(self, words: str = "", tab: str = "", favourites: bool = False, most: int = MOST) -> list[Entry]:
        """The results in which all the words occur, newest first. ``tab``: of this tab only."""
        conditions, values = ["1"], []
        for word in words.casefold().split():
            conditions.append("words LIKE ? ESCAPE '\\'")
            values.append("%" + "".join("\\" + sign if sign in "\\%_" else sign for sign in word) + "%")
        if tab:
            conditions.append("tab = ?")
            values.append(tab)
        if favourites:
            conditions.append("favourite")
        rows = self._base.execute(
            f"SELECT {_FIELDS} FROM results WHERE {' AND '.join(conditions)} ORDER BY made DESC, id DESC LIMIT ?",
            (*values, most),
        )
        return [_entry(row) for row in rows.fetchall()]


_FIELDS = "id, made, favourite, tab, title, model, file, source, how, thumbnail"


def _row(made: Made) -> tuple[str, ...]:
    """The columns from ``tab`` to ``words``."""
    how = msgspec.json.encode(made.how).decode()
    words = " ".join((made.title, made.model, Path(made.file).name, Path(made.source).name, made.file, made.source))
    return made.tab, made.title, made.model, made.file, made.source, how, words.casefold()


def _entry(row: tuple) -> Entry:
    number, when, favourite, tab, title, model, file, source, how, thumbnail = row
    return Entry(
        id=number,
        made=when,
        favourite=bool(favourite),
        tab=tab,
        title=title,
        model=model,
        file=file,
        source=source,
        how=msgspec.json.decode(how, type=dict[str, Any]),
        thumbnail=thumbnail,
    )
