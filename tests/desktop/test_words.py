"""Every word that can be seen is known to the translators, and said in every language."""

from __future__ import annotations

import ast
import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.make_translations import LIST, collect
from desktop import language
from desktop.sentences import CONTEXT

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "desktop").rglob("*.py"))
TRANSLATE = ("tr", "translate", "QT_TRANSLATE_NOOP")
#: Calls whose words are seen.
SHOWING = re.compile(
    r"set(Text|ToolTip|Accessible\w+|WindowTitle|PlaceholderText|StatusTip|WhatsThis|Title|InformativeText"
    r"|DetailedText|TabText|LabelText)|add(Action|Item|Tab|Button|Menu)|Q(Label|PushButton|ToolButton|Action|Menu)"
    r"|say|rest|show_message"
)
#: They translate what stands in lists: of tabs (marked for the tool there), and of the engine's sentences.
LISTED_ELSEWHERE = ("doors.py", "sentences.py")
#: Names of this program, and what is no language.
NAMES = re.compile(r"Latent Darkroom|\(Language\)|sha256|</?\w+[^>]*>|^(warning|info|check|stopped)$")


def calls(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the class that it stands in."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield inside, node
        yield from calls(node, node.name if isinstance(node, ast.ClassDef) else inside)


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def said_in(path: Path) -> Iterator[tuple[str, ast.expr, ast.Call]]:
    """The words of each call to translate: their context, what stands there, and the call."""
    for inside, call in calls(ast.parse(path.read_text(encoding="utf-8"))):
        if name_of(call) == "tr":
            yield inside, call.args[0], call
        elif name_of(call) in TRANSLATE and len(call.args) > 1:
            context = call.args[0]
            if not isinstance(context, ast.Constant) or isinstance(context.value, str):  # no moved rectangle
                yield getattr(context, "value", ""), call.args[1], call


@functools.cache
def messages(name: str) -> dict[tuple[str, str], ET.Element]:
    """What Qt Linguist's file of a language holds, by context and words."""
    tree = ET.parse(language.FOLDER / f"latent-darkroom_{name}.ts")
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in tree.getroot().iter("context")
        for message in context.iter("message")
    }


def forms(message: ET.Element) -> list[str]:
    translation = message.find("translation")
    assert translation is not None
    plural = [form.text or "" for form in translation.iter("numerusform")]
    return plural or [translation.text or ""]


def places(words: str) -> set[str]:
    return set(re.findall(r"%(?:L?n|\d)|\{\w*\}", words))


# -- the source -------------------------------------------------------------------------------------------


def test_words_are_found_by_the_translators_tool() -> None:
    """It reads no f-strings, nor calls within them, and knows a call's context only from the class around it."""
    known = messages("zh_CN")
    for path, (context, words, call) in ((source, said) for source in SOURCES for said in said_in(source)):
        assert isinstance(words, ast.Constant) or path.name in LISTED_ELSEWHERE, (
            f"{path}:{call.lineno}: {ast.unparse(call)}"
        )
        if isinstance(words, ast.Constant):
            assert (context, words.value) in known, f"{path}:{call.lineno}: make translations"
        if name_of(call) == "tr":
            assert ast.unparse(call.func) == "self.tr", f"{path}:{call.lineno}: the context would be another"


def test_nothing_is_shown_that_no_translator_could_change() -> None:
    for path, (_, call) in ((source, one) for source in SOURCES for one in calls(ast.parse(source.read_text("utf-8")))):
        if SHOWING.fullmatch(name_of(call)):
            for words in [bare for argument in call.args for bare in bare_words(argument)]:
                assert not re.search(r"[A-Za-z]{2}", NAMES.sub("", words)), f"{path}:{call.lineno}: {words}"


def bare_words(node: ast.expr) -> Iterator[str]:
    """The words that stand in an argument just so, or in an f-string."""
    match node:
        case ast.Constant(value=str(words)):
            yield words
        case ast.JoinedStr(values=values):
            yield from (word for value in values for word in bare_words(value))
        case ast.BinOp(left=left, right=right):
            yield from (*bare_words(left), *bare_words(right))
        case ast.IfExp(body=body, orelse=other):
            yield from (*bare_words(body), *bare_words(other))


def test_the_list_of_the_engines_sentences_is_of_today() -> None:
    assert LIST.read_text(encoding="utf-8").splitlines() == collect(), "make translations"


# -- the translations -------------------------------------------------------------------------------------


def test_chinese_is_complete() -> None:
    for (context, words), message in messages("zh_CN").items():
        assert all(forms(message)), f"{context}: {words}"
        assert "type" not in message.find("translation").attrib, f"{context}: {words}"  # type: ignore[union-attr]


def test_english_has_every_plural() -> None:
    plurals = {key for key, message in messages("zh_CN").items() if message.get("numerus")}
    english = messages("en")
    assert set(english) == plurals
    for key, message in english.items():
        assert len(forms(message)) == 2, key
        assert all(form and "(s)" not in form for form in forms(message)), key


@pytest.mark.parametrize("name", language.LANGUAGES)
def test_what_is_filled_in_stays_in(name: str) -> None:
    for (context, words), message in messages(name).items():
        for form in forms(message):
            left_out = {"%n"} if name == "en" else set()  # "One photo"
            assert places(words) - left_out <= places(form) <= places(words), f"{context}: {words}: {form}"


def test_shipped_words_are_of_the_engines_context() -> None:
    known = {words for context, words in messages("zh_CN") if context == CONTEXT}
    assert known == set(collect())
