"""What the engine says, said in another language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop import language
from desktop.sentences import local


@pytest.fixture
def chinese() -> Iterator[None]:
    language.apply("zh_CN")
    yield
    language.apply("en")


def test_english_stays_as_it_is() -> None:
    for said in ("Something unexpected went wrong (KeyError).", "photo.jpg: it is damaged (bad CRC)", "Anything", ""):
        assert local(said) == said


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("There is not enough memory for this.", "内存不够做这件事。"),
        ("old.jpg: there is not enough memory for this photo.", "old.jpg：内存不够处理这张照片。"),
        # the cause is a sentence of its own
        ("Model fruit cannot be removed: the disk can only be read.", "模型 fruit 无法移除：磁盘只能读取。"),
        ("old.jpg: it is damaged (bad CRC)", "old.jpg：它已损坏（bad CRC）"),
        ("a b.png: it is a PDF document", "a b.png：它是PDF 文档"),
        # several sentences
        (
            "The map is damaged or of another version of this program. It is drawn anew.",
            "地图已损坏，或属于本程序的其他版本。 将重新绘制。",
        ),
        (
            "20 Gaussian channels at 1/2\n24 Gaussian channels at 1/4",
            "1/2 分辨率上 20 个高斯通道\n1/4 分辨率上 24 个高斯通道",
        ),
        ("CUDA: it failed in the middle of a job: no pixels", "CUDA：它在任务中途失败：no pixels"),
        ("Component 3", "成分 3"),
        ("digit: 7", "数字：7"),
        ("What nobody has ever said", "What nobody has ever said"),
    ],
)
def test_recognised(said: str, meant: str) -> None:
    assert local(said) == meant


@pytest.mark.usefixtures("chinese")
def test_what_was_filled_in_is_no_template() -> None:
    """A file may be called as if it had places of its own."""
    assert local("{1}: there is not enough memory for this photo.") == "{1}：内存不够处理这张照片。"


@pytest.mark.usefixtures("chinese")
def test_words_in_the_language_of_the_window_stay() -> None:
    said = "“fruit: it is damaged.png”里没有照片。"
    assert "里没有照片。" in local(said)
