"""Radicals that stand for characters: some programs write ⼀ ⼈ ⺠ for 一 人 民 when they make a pdf.

The Kangxi radicals (U+2F00–2FD5) have characters of their own by compatibility; of the supplement (U+2E80–2EF3) the
simplified ones are named here, since Unicode has none for them.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = (
    "⺁厂 ⺋卩 ⺌小 ⺍小 ⺎尢 ⺐尢 ⺓幺 ⺕彐 ⺗心 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺟母 ⺠民 ⺡氵 ⺣灬 ⺤爫 ⺥爫 ⺨犭 "
    "⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糹 ⺰纟 ⺱网 ⺲罒 ⺳网 ⺶羊 ⺷羊 ⺸羊 ⺹老 ⺺聿 ⺻聿 ⺼肉 ⺽臼 ⺾艹 "
    "⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻊足 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑長 ⻒镸 "
    "⻓长 ⻔门 ⻕阝 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟飠 ⻠饣 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 "
    "⻩黄 ⻪黾 ⻫齐 ⻬齐 ⻭齿 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟 "
)
_CHARACTERS = (
    {radical: unicodedata.normalize("NFKC", chr(radical)) for radical in range(0x2F00, 0x2FD6)}
    | {ord(pair[0]): pair[1] for pair in _SUPPLEMENT.split()}
    | {0x2F3E: "户"}  # 戶 by compatibility; simplified texts mean 户
)


def without_radicals(text: str) -> str:
    """``text`` with characters for radicals, as many as before.

    >>> without_radicals("⼈⺠政府")
    '人民政府'
    """
    return text.translate(_CHARACTERS)
