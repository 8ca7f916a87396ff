"""Pictures of pages: refused in clear words where nothing reads them, read where something does."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest.readers import scan
from ingest.readers.source import ReadError
from tests.ingest.readers.papers import pdf, source_of

NO_ENGINE = "page 1: a picture without text, and nothing that reads pictures is installed; run `make ocr`"
ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="needs `make ocr`")


def picture(form: str, size: tuple[int, int] = (60, 80)) -> bytes:
    out = BytesIO()
    Image.new("L", size, 255).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(("name", "form"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.tif", "TIFF"), ("a.pdf", "PDF")])
def test_without_an_engine_a_picture_is_named_with_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, form: str
) -> None:
    monkeypatch.setattr(scan, "find_spec", lambda _: None)
    with pytest.raises(ReadError, match=rf"{name}: {NO_ENGINE}"):
        source_of(tmp_path, name, picture(form))


def test_a_picture_of_too_many_pixels_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.png: page 1: a picture of 10,000 × 10,000 pixels"):
        source_of(tmp_path, "a.png", picture("PNG", (10_000, 10_000)))


def test_a_damaged_picture_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.png: damaged .*scan it again"):
        source_of(tmp_path, "a.png", picture("PNG")[:20])


@ocr
def test_a_scanned_pdf_is_read_with_the_network_closed(tmp_path: Path) -> None:
    """The fixture of all tests closes the network: the models are those that the package brings."""
    with pypdfium2.PdfDocument(
        pdf([[(108.0, 90.0, "1. Support enterprises"), (80.0, 130.0, "2. Develop trade")]])
    ) as made:
        page = made[0].render(scale=150 / 72).to_pil()
    out = BytesIO()
    page.convert("L").save(out, "PDF", resolution=150)
    source = source_of(tmp_path, "a.pdf", out.getvalue())
    assert "".join(source.text.split()).startswith("1.Support")
    assert source.pages == (0,)
