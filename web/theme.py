"""One calm look, light and dark, from system fonts: nothing is fetched from another host."""

from __future__ import annotations

from gradio.themes import Base
from gradio.themes.utils import colors, sizes

PINE = colors.Color(
    name="pine",
    c50="#eff6f5", c100="#dcebe9", c200="#bad7d4", c300="#8fbcb8", c400="#5f9b97", c500="#3f7f7b",
    c600="#2b6663", c700="#24524f", c800="#1f4240", c900="#1b3736", c950="#0e2120",
)  # fmt: skip

_CHINESE = ("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "HarmonyOS Sans SC", "Noto Sans CJK SC")


def theme() -> Base:
    """The theme; spacing and cards are in ``style.css``."""
    look = Base(
        primary_hue=PINE,
        secondary_hue=PINE,
        neutral_hue=colors.stone,
        text_size=sizes.text_md,
        radius_size=sizes.radius_md,
        font=[*_CHINESE, "system-ui", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", *_CHINESE, "monospace"],
    )
    return look.set(
        body_background_fill="#faf9f7",
        body_background_fill_dark="#161514",
        body_text_color="#24221f",
        body_text_color_dark="#e9e6e1",
        body_text_color_subdued="#66615a",
        body_text_color_subdued_dark="#a8a29a",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1f1d1b",
        background_fill_secondary="#f4f2ee",
        background_fill_secondary_dark="#272522",
        border_color_primary="#e2ded7",
        border_color_primary_dark="#3a3733",
        block_border_width="0px",
        block_shadow="none",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1f1d1b",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_500",
        button_primary_text_color="#ffffff",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_hover="*primary_50",
        button_secondary_background_fill_dark="#1f1d1b",
        button_secondary_background_fill_hover_dark="#272522",
    )
