"""A square part of a picture that can be moved and resized and never leaves it. Plain geometry, no Qt."""

from __future__ import annotations

Box = tuple[int, int, int, int]
Point = tuple[float, float]

#: Smallest side in pixels, where the picture has as many.
SMALLEST = 16


class Square:
    """Left, top and side in pixels of a picture of ``size`` (width, height)."""

    def __init__(self, size: tuple[int, int], box: Box | None = None) -> None:
        """``box`` None: the largest square in the middle."""
        self.size = size
        self.largest = float(min(size))
        self.side = self.largest
        self.left, self.top = (size[0] - self.side) / 2, (size[1] - self.side) / 2
        if box is not None:
            left, top, right, bottom = box
            self._set((left + right) / 2, (top + bottom) / 2, min(right - left, bottom - top))

    @property
    def box(self) -> Box:
        left, top, side = round(self.left), round(self.top), max(round(self.side), 1)
        left, top = min(left, self.size[0] - side), min(top, self.size[1] - side)
        return left, top, left + side, top + side

    def move(self, dx: float, dy: float) -> None:
        self.left = min(max(self.left + dx, 0.0), self.size[0] - self.side)
        self.top = min(max(self.top + dy, 0.0), self.size[1] - self.side)

    def zoom(self, factor: float) -> None:
        """Resize around the middle."""
        self._set(self.left + self.side / 2, self.top + self.side / 2, self.side * factor)

    def drag_corner(self, corner: tuple[int, int], to: Point) -> None:
        """Resize so that a corner, (0, 0) the upper left and (1, 1) the lower right, goes towards a point.

        The opposite corner stays.
        """
        still = (self.left + (1 - corner[0]) * self.side, self.top + (1 - corner[1]) * self.side)
        ways = [1 if at else -1 for at in corner]
        reach = [(to[axis] - still[axis]) * ways[axis] for axis in (0, 1)]
        room = [self.size[axis] - still[axis] if corner[axis] else still[axis] for axis in (0, 1)]
        self.side = min(max(sum(reach) / 2, min(SMALLEST, self.largest)), *room)
        self.left = still[0] if corner[0] else still[0] - self.side
        self.top = still[1] if corner[1] else still[1] - self.side

    def _set(self, x: float, y: float, side: float) -> None:
        self.side = min(max(side, min(SMALLEST, self.largest)), self.largest)
        self.left, self.top = x - self.side / 2, y - self.side / 2
        self.move(0, 0)
