"""Small documents for the tests of the readers, made on the spot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from ingest.readers.files import read_source
from ingest.readers.source import Row, Source

Placed = tuple[float, float, str]  # points from the left, points from the top, what stands there
Rule = tuple[float, float, float, float]  # x0, top, x1, bottom
HEIGHT = 842  # points of an A4 page


def pdf(pages: Sequence[Sequence[Placed]], rules: Iterable[Rule] = (), size: float = 14) -> bytes:
    """A pdf of A4 pages with ``size`` point text in a font that every reader has; ``rules`` are on the first page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    objects.append(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>"
    )
    for number, page in enumerate(pages):
        drawn = [
            f"BT /F1 {size} Tf {x} {HEIGHT - top - size} Td <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, top, text in page
        ]
        if number == 0:
            drawn += [f"{x0} {HEIGHT - top} m {x1} {HEIGHT - bottom} l S" for x0, top, x1, bottom in rules]
        stream = "\n".join(drawn).encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HEIGHT}] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = BytesIO(), list[int]()
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def source_of(folder: Path, name: str, raw: bytes | str) -> Source:
    """A file of that name and content, read."""
    file = folder / name
    file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return read_source(file)


def shown(source: Source) -> list[str | tuple[str, ...]]:
    """What stands in a source: lines that are not blank, and rows as tuples; its blocks cover its text."""
    assert "".join(source.text[block.start : block.end] for block in source.blocks) == source.text
    return [
        tuple(cell.text.strip() for cell in block.cells) if isinstance(block, Row) else block.text
        for block in source.blocks
        if isinstance(block, Row) or block.text.strip()
    ]
