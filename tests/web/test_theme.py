from __future__ import annotations

from web.theme import theme


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio of two ``#rrggbb`` colours, 1–21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def test_fonts_are_the_systems_own() -> None:
    look = theme()
    assert all(isinstance(font, str) for font in (*look._font, *look._font_mono))  # no font file, here or elsewhere
    assert "Microsoft YaHei" in look.font


def test_text_is_readable_in_light_and_dark() -> None:
    look = theme()
    for text in (look.body_text_color, look.body_text_color_subdued):
        assert contrast(text, look.body_background_fill) >= 4.5
    for text in (look.body_text_color_dark, look.body_text_color_subdued_dark):
        assert contrast(text, look.body_background_fill_dark) >= 4.5
