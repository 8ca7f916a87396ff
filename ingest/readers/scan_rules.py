"""Ruled tables in a picture of a page: long dark runs are rules, and rules that cross make cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.readers.pdf_tables import Ruled, ends

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DARK = 160  # of 255: darker is ink
_SHORTEST = 20.0  # points of a rule; strokes of letters are shorter
_LETTER = 40.0  # points that no letter's stroke has
_TOLERANCE = 4.0  # points by which rules may miss each other
_MOST = 2_000  # rules of a page; a drawing has more


def rules(pixels: NDArray[np.uint8], scale: float) -> list[Ruled]:
    """Tables of a page.

    Args:
        pixels: (height, width, 3), 0 to 255.
        scale: pixels a point.
    """
    import cv2
    from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    ink = (pixels.min(axis=2) < _DARK).astype("uint8")
    length = int(_SHORTEST * scale)
    edges: list[dict[str, Any]] = []
    for orientation, shape in (("h", (length, 1)), ("v", (1, length))):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        for x, y, width, height, _ in cv2.connectedComponentsWithStats(runs)[2][1:]:
            if (height if orientation == "h" else width) > 4 * scale:  # a block of ink
                continue
            edges.append(_edge(orientation, x / scale, y / scale, width / scale, height / scale))
    edges = _ruled(edges)
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    if not (len(upright) > 1 and len(edges) <= _MOST):
        return []
    left, right = min(edge["x0"] for edge in upright), max(edge["x0"] for edge in upright)
    edges.extend(_edge("h", left, height, right - left, 0.0) for height in ends(upright))
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    cells = intersections_to_cells(edges_to_intersections(merged, _TOLERANCE, _TOLERANCE))
    tables = [Table(None, group) for group in cells_to_tables(cells)]  # type: ignore[arg-type]  # only text needs the page
    return [Ruled(table.bbox, tuple(tuple(row.cells) for row in table.rows)) for table in tables]


def _ruled(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """``edges`` less strokes of a title's great letters: short upright ones that touch no rule of a table."""
    level = [edge for edge in edges if edge["orientation"] == "h" and edge["width"] >= _LETTER]

    def touches(edge: dict[str, Any]) -> bool:
        return any(
            min(abs(edge["top"] - other["top"]), abs(edge["bottom"] - other["top"])) <= _TOLERANCE
            and other["x0"] - _TOLERANCE <= edge["x0"] <= other["x1"] + _TOLERANCE
            for other in level
        )

    return [edge for edge in edges if edge["orientation"] == "h" or edge["height"] >= _LETTER or touches(edge)]


def _edge(orientation: str, x: float, y: float, width: float, height: float) -> dict[str, Any]:
    """A rule as pdfplumber has it: a line through the middle of the ink."""
    if orientation == "h":
        y, height = y + height / 2, 0.0
    else:
        x, width = x + width / 2, 0.0
    return {
        "orientation": orientation,
        "object_type": "line",
        "x0": x,
        "x1": x + width,
        "top": y,
        "bottom": y + height,
        "width": width,
        "height": height,
    }
