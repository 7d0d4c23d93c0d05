from __future__ import annotations

import pytest

from desktop.widgets.view import CLOSEST, FIT_ENLARGES, View


def view(picture: tuple[int, int] = (4000, 3000), viewport: tuple[int, int] = (800, 600)) -> View:
    made = View()
    made.resize(viewport)
    made.show(picture)
    return made


def test_fit_shows_the_whole_picture_and_follows_the_window() -> None:
    v = view()
    assert v.zoom == 0.2
    assert v.visible() == (0, 0, 4000, 3000)
    v.resize((400, 600))
    assert v.zoom == 0.1
    v.margin = 50
    v.fit()
    assert v.zoom == pytest.approx(0.075)


def test_a_small_picture_is_enlarged_to_fit_within_reason() -> None:
    assert view((10, 10)).zoom == FIT_ENLARGES


def test_zoom_keeps_the_point_under_the_cursor() -> None:
    v = view()
    at = (600.0, 200.0)
    before = v.to_picture(at)
    v.zoom_to(1.5, at)
    assert v.to_picture(at) == pytest.approx(before)
    assert not v.fitted
    v.zoom_to(1000, at)
    assert v.zoom == CLOSEST
    v.zoom_to(0.00001, at)
    assert v.zoom == v.fit_zoom


def test_pan_stops_at_the_edges() -> None:
    v = view()
    v.zoom_to(1.0)
    v.pan(-100000, 50)
    assert v.visible()[2] == 4000
    assert v.visible()[1] == 1500 - 300 - 50
    v.pan(100000, 100000)
    assert v.visible() == (0, 0, 801, 601)


def test_a_picture_that_fits_stays_in_the_middle() -> None:
    v = view()
    v.pan(50, 50)
    assert v.fitted
    assert v.centre == (2000, 1500)


def test_another_picture_of_the_same_size_keeps_the_place() -> None:
    v = view()
    v.zoom_to(2.0, (100.0, 100.0))
    place = v.centre
    v.show((4000, 3000))
    assert (v.zoom, v.centre) == (2.0, place)
    v.show((3000, 4000))
    assert v.fitted
