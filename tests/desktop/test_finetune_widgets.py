"""The widgets of the Fine-tune wizard: the chart and its keys, cards, the lamp, steps, panes, notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from desktop.widgets.cards import CardButton, Cards
from desktop.widgets.chart import Chart, Curve, clock, decimals, ticks, time_ticks
from desktop.widgets.grid import GridModel, Tile
from desktop.widgets.lamp import COLOURS, Lamp
from desktop.widgets.note import Note
from desktop.widgets.pairs import Pane, Panes
from desktop.widgets.steps import Steps


def shown(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(480, 300)
    widget.show()
    return widget


@pytest.mark.parametrize(
    ("low", "high"), [(20, 30), (20.1, 20.2), (0, 0), (24.9, 24.9), (-1e-4, 3e-4), (1e6, 3e6), (0, 1)]
)
def test_the_numbers_at_an_axis_are_round_and_enclose_everything(low: float, high: float) -> None:
    numbers = ticks(low, high)
    assert numbers[0] <= low + 1e-12 and numbers[-1] >= high - 1e-12
    assert 2 <= len(numbers) <= 12
    words = [f"{number:.{decimals(numbers)}f}" for number in numbers]
    assert len(set(words)) == len(words)
    assert all(
        abs(float(word) - number) < 1e-9 * max(1, abs(number)) for word, number in zip(words, numbers, strict=True)
    )


@pytest.mark.parametrize(("low", "high"), [(0, 0), (20, 20), (0, 2.4), (33, 55), (0, 250), (0, 3000), (0, 90_000)])
def test_times_at_an_axis_are_told_apart(low: float, high: float) -> None:
    numbers = time_ticks(low, high)
    assert numbers[0] <= low and numbers[-1] >= high
    assert 2 <= len(numbers) <= 7
    assert len({clock(number) for number in numbers}) == len(numbers)


@pytest.fixture
def chart(qtbot) -> Chart:
    chart = Chart("Curve")
    shown(qtbot, chart)
    curve = Curve("now", ((0, 20.0), (10, 23.0), (20, 22.0)))
    base = Curve("base", ((0, 20.0),), plain=True)
    chart.show_curves([base, curve], lambda value: f"{value:.1f} dB", best=10, best_name="the best")
    return chart


def test_the_chart_is_read_by_keys(chart: Chart, qtbot) -> None:
    assert chart.reading == "0:20 · base 20.0 dB · now 22.0 dB"
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.reading == "0:10 · base 20.0 dB · now 23.0 dB · the best"
    assert chart.spoken_value() == chart.reading
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.reading.startswith("0:00")
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.reading.startswith("0:20")


def test_the_chart_reads_the_newest_point_until_another_is_chosen(chart: Chart, qtbot) -> None:
    curve = Curve("now", ((0, 20.0), (10, 23.0), (20, 22.0), (30, 24.0)))
    chart.show_curves([curve], lambda value: f"{value:.1f}")
    assert chart.reading == "0:30 · now 24.0"
    qtbot.mouseMove(chart, chart.rect().center())
    assert not chart.reading.startswith("0:30")


def test_a_single_point_is_a_curve(qtbot) -> None:
    chart = Chart("Curve")
    shown(qtbot, chart)
    chart.show_curves([Curve("now", ((20.0, 24.9),))], lambda value: f"{value:.1f}")
    assert chart.reading == "0:20 · now 24.9"
    assert not chart.grab().isNull()


def test_what_hardly_changes_looks_like_it(qtbot) -> None:
    chart = Chart("Curve")
    shown(qtbot, chart)
    chart.show_curves([Curve("now", ((0, 24.9), (9, 24.91)))], lambda value: f"{value:.1f}", least=0.5)
    numbers = chart._bounds()[1]
    assert numbers[-1] - numbers[0] >= 0.5


def test_an_empty_chart_paints_and_reads_nothing(qtbot) -> None:
    chart = Chart("Curve")
    shown(qtbot, chart)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.reading == ""
    assert not chart.grab().isNull()


def test_curves_differ_without_colours(chart: Chart) -> None:
    """The base is dashed: along its line some places are empty; the model's own line has none."""
    image = chart.grab().toImage()
    to_x, to_y = chart._scales()
    paper = image.pixelColor(round(to_x(10)), round(to_y(20.5)))
    row = [image.pixelColor(x, round(to_y(20.0))) for x in range(round(to_x(2)), round(to_x(19)))]
    assert sum(pixel != paper for pixel in row) < len(row) or len(set(map(QColor.name, row))) > 1
    way = [QPointF(to_x(x), to_y(20 + 0.3 * x)) for x in (2, 4, 6, 8)]
    assert all(image.pixelColor(point.toPoint()) != paper for point in way)


def test_cards_are_chosen_by_keys_and_say_all_their_words(qtbot) -> None:
    cards = Cards("Goal", [CardButton(name, f"About {name}") for name in ("one", "two", "three")])
    shown(qtbot, cards)
    heard: list[int] = []
    cards.chosen.connect(heard.append)
    cards.choose(0)
    assert heard == []
    cards.cards[0].setFocus()
    qtbot.keyClick(cards.cards[0], Qt.Key.Key_Right)
    assert (cards.index, heard) == (1, [1])
    qtbot.mouseClick(cards.cards[2], Qt.MouseButton.LeftButton)
    assert (cards.index, heard) == (2, [1, 2])
    cards.choose(None)
    assert cards.index == -1
    cards.cards[1].show_light("yellow", "Few pictures.")
    assert cards.cards[1].words == "two About two Few pictures."
    assert cards.cards[1].accessibleDescription() == "About two Few pictures."
    cards.cards[1].setEnabled(False)
    qtbot.mouseClick(cards.cards[1], Qt.MouseButton.LeftButton)
    assert cards.index == -1


def test_a_lamp_is_told_by_its_shape_and_its_word(qtbot) -> None:
    lamp = Lamp(44)
    shown(qtbot, lamp)
    lamp.setFixedSize(44, 44)
    shapes = set()
    for colour in COLOURS:
        lamp.show_colour(colour)
        image = lamp.grab().toImage()
        paint = QColor(COLOURS[colour]).rgb()
        shapes.add(tuple(image.pixel(x, y) == paint for x in range(44) for y in range(44)))
        assert lamp.accessibleName() == lamp.word(colour)
    assert len(shapes) == 3
    assert len({lamp.word(colour) for colour in COLOURS}) == 3


def test_steps_tell_where_one_is(qtbot) -> None:
    steps = Steps(["Folder", "Goal"])
    shown(qtbot, steps)
    steps.go_to(1)
    assert steps.accessibleName() == "Step 2 of 2: Goal"
    steps.resize(60, 30)
    assert not steps.grab().isNull()


def test_panes_show_pictures_as_they_are_and_step(qtbot) -> None:
    panes = Panes("Pictures")
    shown(qtbot, panes)
    images = []
    for colour in (Qt.GlobalColor.red, Qt.GlobalColor.blue):
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(colour)
        images.append(image)
    panes.show_panes([Pane("Base", images[0]), Pane("Now", images[1]), Pane("None", QImage())], "a.jpg")
    assert panes.spoken_value() == "a.jpg: Base, Now"
    grabbed = panes.grab().toImage()
    colours = [grabbed.pixelColor(round(cell.center().x()), round(cell.center().y()) - 13) for cell in panes._cells()]
    assert colours == [QColor(Qt.GlobalColor.red), QColor(Qt.GlobalColor.blue)]
    stepped: list[int] = []
    panes.stepped.connect(stepped.append)
    qtbot.keyClick(panes, Qt.Key.Key_Right)
    qtbot.keyClick(panes, Qt.Key.Key_Left)
    assert stepped == [1, -1]


def test_a_note_is_there_while_it_has_something_to_say(qtbot) -> None:
    note = Note()
    qtbot.addWidget(note)
    note.say("Careful.", "warning", "Act")
    assert not note.isHidden() and note.accessibleName() == "Careful."
    with qtbot.waitSignal(note.acted):
        note._action.click()
    note.say("")
    assert note.isHidden()


def test_a_grid_that_grows_keeps_its_place_and_makes_pictures_when_they_are_seen(qtbot) -> None:
    model = GridModel()
    made: list[str] = []
    make: Callable[[str], None] = made.append
    model.maker = make
    resets, inserts = [], []
    model.modelReset.connect(lambda: resets.append(1))
    model.rowsInserted.connect(lambda _parent, first, last: inserts.append((first, last)))
    tiles = [Tile(str(number), "") for number in range(5)]
    model.show_tiles(tiles[:2])
    model.show_tiles([Tile("0", "changed"), *tiles[1:]])
    assert (len(resets), inserts) == (1, [(2, 4)])
    assert model.data(model.index(0), Qt.ItemDataRole.ToolTipRole) == "changed"
    assert made == []
    model.data(model.index(3), Qt.ItemDataRole.DecorationRole)
    assert made == ["3"]
    model.show_tiles(tiles[3:])
    assert len(resets) == 2
