"""Which part of a picture a viewport shows: zoom, pan and fit as plain geometry, in pixels of the screen. No Qt."""

from __future__ import annotations

Point = tuple[float, float]
Size = tuple[int, int]

#: Screen pixels for one picture pixel, at most.
CLOSEST = 16.0
#: A small picture is enlarged this much to fit, at most, unless a view says otherwise.
FIT_ENLARGES = 4.0


class View:
    """One zoom and one centre, shared by every picture shown beside another."""

    def __init__(self) -> None:
        self.picture: Size = (1, 1)
        self.viewport: Size = (1, 1)
        self.zoom = 1.0  #: screen pixels for one picture pixel
        self.centre: Point = (0.5, 0.5)  #: picture point in the middle of the viewport
        self.fitted = True  #: follows the size of the viewport
        self.margin = 0  #: left free around a fitted picture
        self.enlarges = FIT_ENLARGES  #: how much a small picture is enlarged to fit, at most

    @property
    def fit_zoom(self) -> float:
        width, height = (max(size - 2 * self.margin, 1) for size in self.viewport)
        return min(width / self.picture[0], height / self.picture[1], self.enlarges)

    def show(self, picture: Size) -> None:
        """Another picture. One of the same size keeps its zoom and place."""
        if picture != self.picture:
            self.picture = picture
            self.fit()

    def resize(self, viewport: Size) -> None:
        self.viewport = (max(viewport[0], 1), max(viewport[1], 1))
        if self.fitted:
            self.fit()
        else:
            self._settle()

    def fit(self) -> None:
        self.fitted = True
        self.zoom = self.fit_zoom
        self.centre = (self.picture[0] / 2, self.picture[1] / 2)

    def zoom_to(self, zoom: float, at: Point | None = None) -> None:
        """Change the zoom; the picture point under ``at`` (default: the middle) stays where it is."""
        at = at or (self.viewport[0] / 2, self.viewport[1] / 2)
        zoom = min(max(zoom, min(self.fit_zoom, 1.0)), max(CLOSEST, self.fit_zoom))
        x, y = self.to_picture(at)
        self.zoom, self.fitted = zoom, False
        self.centre = (x - (at[0] - self.viewport[0] / 2) / zoom, y - (at[1] - self.viewport[1] / 2) / zoom)
        self._settle()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by screen pixels."""
        self.centre = (self.centre[0] - dx / self.zoom, self.centre[1] - dy / self.zoom)
        if self.zoom > self.fit_zoom:
            self.fitted = False
        self._settle()

    def _settle(self) -> None:
        """No empty room on one side while something is hidden on the other."""
        settled = []
        for middle, size, room in zip(self.centre, self.picture, self.viewport, strict=True):
            half = room / self.zoom / 2
            settled.append(size / 2 if 2 * half >= size else min(max(middle, half), size - half))
        self.centre = (settled[0], settled[1])

    @property
    def origin(self) -> Point:
        """Where the picture's top left corner is on the screen: on a whole pixel, so that 1:1 is sharp."""
        return (
            float(round(self.viewport[0] / 2 - self.centre[0] * self.zoom)),
            float(round(self.viewport[1] / 2 - self.centre[1] * self.zoom)),
        )

    def to_picture(self, point: Point) -> Point:
        return (
            (point[0] - self.viewport[0] / 2) / self.zoom + self.centre[0],
            (point[1] - self.viewport[1] / 2) / self.zoom + self.centre[1],
        )

    def visible(self) -> tuple[int, int, int, int]:
        """The box (left, top, right, bottom) of picture pixels that is on screen, never empty."""
        left, top = self.to_picture((0, 0))
        right, bottom = self.to_picture((float(self.viewport[0]), float(self.viewport[1])))
        width, height = self.picture
        left, top = min(max(int(left), 0), width - 1), min(max(int(top), 0), height - 1)
        return left, top, min(max(int(right) + 1, left + 1), width), min(max(int(bottom) + 1, top + 1), height)
