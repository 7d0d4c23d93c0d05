"""``make translations``: collects every word that can be seen into the files of the languages, and compiles them.

The window's words stand in ``desktop/`` in calls of tr and translate, where Qt's lupdate finds them. The engine's are
collected here, from its source and from the shipped models, into ``translations/engine.txt`` (see `desktop.sentences`).
"""

from __future__ import annotations

import ast
import itertools
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop import language
from desktop.sentences import CONTEXT

ROOT = Path(__file__).resolve().parent.parent
LIST = language.FOLDER / "engine.txt"
#: These speak to a terminal, to whoever trains the shipped models, or write a page of their own.
NOT_SEEN = ("cli", "terminal", "report", "pretrain", "export", "quantise", "usual", "icc", "loop", "data", "mkl")
#: Errors that only a mistake in the program can raise.
OURS = ("ValueError", "TypeError", "AssertionError", "NotImplementedError", "KeyError", "WrongUse")
#: What is looked for, not said.
LOOKED_FOR = re.compile(
    r"^[a-z' ]*(failure|allocate|memory|error|hung|lost|removed|exif|name)[a-z0-9 :]*$|^Raw profile"
)
SAID_ALL_THE_SAME = ("there is not enough memory for it", "there is not enough memory for so many frames")
_WORDS = re.compile(r"[^\W\d_]{2,}[,.:;]? [^\W_{“]|[^\W\d_]{2,}:? [{“]|\{\}\S? [^\W\d_]{2,}|^[A-Z][a-z]+ \{\}$")


def collect() -> list[str]:
    """Everything the engine can say, with {0} {1} … where it fills something in."""
    said = {"{0}: {1}", "{0} ({1})", *of_models()}  # the first: what it is about, and why
    for path in sorted((ROOT / "engine").rglob("*.py")):
        if not path.name.startswith(NOT_SEEN):
            said |= set(of_source(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(said)


def of_models() -> Iterator[str]:
    """The words of the shipped models: what their cards say, and the names of their sliders."""
    for path in sorted((ROOT / "models").glob("*/*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        if path.name == "model.json":
            yield from (told["name"], told["summary"], told["training"], *told["training_data"], *told["latents"])
        elif path.name == "directions.json":
            for slider in told:
                yield re.sub(r"\d+$", "{0}", slider["name"])


def of_source(tree: ast.AST) -> Iterator[str]:
    """What a module says: its texts that read as words, but for those that only programmers see."""
    for node in ast.walk(tree):  # what things are called may be a single word
        if isinstance(node, ast.keyword) and node.arg == "name" and isinstance(node.value, ast.Constant):
            name = node.value.value
            if isinstance(name, str) and re.match("[A-Z][a-z]", name):
                yield name
    passed = {id(node) for node in ast.walk(tree) if _is_not_said(node) for node in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in passed or not isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
            continue
        yield from (_numbered(text) for text in _variants(node) if _reads_as_words(text))
        passed |= {id(inner) for inner in _expanded(node)}


def _reads_as_words(text: str) -> bool:
    if "\n" in text or "<" in text or not _WORDS.search(text):
        return False
    return text in SAID_ALL_THE_SAME or not LOOKED_FOR.search(text)


def _numbered(text: str) -> str:
    count = itertools.count()
    return re.sub(r"\{\}", lambda _: f"{{{next(count)}}}", text.strip(" "))


def _is_not_said(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # a docstring
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) in OURS
    if isinstance(node, ast.Call):
        return (
            ast.unparse(node.func).split(".")[0] in ("log", "_log", "logging") or ast.unparse(node.func) == "re.compile"
        )
    return isinstance(node, ast.FunctionDef) and node.name in ("_arguments", "main")


def _variants(node: ast.expr) -> list[str]:
    """The texts that an expression can come to, with {} for what is not known; none where it is no text."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return ["".join(parts) for parts in itertools.product(*(_variants(value) for value in values))]
        case ast.FormattedValue(value=ast.IfExp() as value):
            return _variants(value)
        case ast.IfExp(body=body, orelse=other):
            return _variants(body) + _variants(other)
        case ast.BinOp(left=left, op=ast.Add(), right=right) if (texts := (_is_text(left), _is_text(right))) and any(
            texts
        ):
            return ["".join(parts) for parts in itertools.product(_variants(left), _variants(right))]
    return ["{}"]


def _expanded(node: ast.expr) -> Iterator[ast.AST]:
    """The parts of an expression whose texts are in its `_variants` already."""
    yield node
    match node:
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from _expanded(part)
        case ast.FormattedValue(value=ast.IfExp() as value):
            yield from _expanded(value)
        case ast.IfExp(body=body, orelse=other):
            yield from (*_expanded(body), *_expanded(other))
        case ast.BinOp(left=left, right=right):
            yield from (*_expanded(left), *_expanded(right))


def _is_text(node: ast.expr) -> bool:
    return any(isinstance(inner, ast.JoinedStr) or _is_str(inner) for inner in ast.walk(node))


def _is_str(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def update() -> None:
    """Bring the lists and Qt Linguist's files up to date with the source; translations that are there stay."""
    said = collect()
    LIST.write_text("\n".join(said) + "\n", encoding="utf-8")
    sources = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "desktop").rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "engine.py"  # lupdate reads source only
        lines = (f"QT_TRANSLATE_NOOP({json.dumps(CONTEXT)}, {json.dumps(text, ensure_ascii=False)})" for text in said)
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for name in language.LANGUAGES:
            words = language.FOLDER / f"latent-darkroom_{name}.ts"
            plurals = ["-pluralonly"] if name == "en" else []
            command = [language.tool("lupdate"), *sources, listed, "-no-obsolete", "-locations", "none", *plurals]
            command += ["-source-language", "en", "-target-language", name, "-ts", words]
            subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
            without = re.sub(r" *<extracomment>.*?</extracomment>\n", "", words.read_text("utf-8"), flags=re.DOTALL)
            words.write_text(without, encoding="utf-8")  # lupdate takes comments about constants for comments for it


if __name__ == "__main__":
    update()
    for language_name in language.LANGUAGES:
        language.compiled(language_name)
