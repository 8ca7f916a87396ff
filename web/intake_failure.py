"""Why a file was not taken in, in Chinese: which file, the reason and what to do.

The errors are in English, for the command line; here their kinds are known by name, and a reason by a word of it.
"""

from __future__ import annotations

import re

_PAGE = re.compile(r": page (\d+):")
_OTHER_FORMAT = "请换成 docx、pdf、网页（html）、md、txt 文件，或 png、jpg 图片"

# What an error's words hold: the reason, and what to do. The first that fits is told.
_REASONS: tuple[tuple[str, str, str], ...] = (
    (
        "nothing that reads pictures is installed",
        "是扫描件或图片，而本系统没有安装文字识别",
        "请上传文字版，或请管理员安装文字识别（make ocr）",
    ),
    ("scanned pages", "扫描的页数太多", "请拆成几份，或上传文字版"),
    ("encrypted", "加了密码", "请去掉密码，另存后再上传"),
    ("of the old kind", "是旧版 Word 文件（.doc）", "请用 Word 或 WPS 打开，另存为 .docx 再上传"),
    ("holds macros", "含有宏", "请另存为不带宏的 .docx 再上传"),
    ("links to a picture", "引用了文件以外的图片或对象", "请把图片插入文件或删去，另存后再上传"),
    ("declares entities", "含有不安全的内容", "请用 Word 或浏览器重新保存后再上传"),
    ("unpacks to", "展开后太大", "请删去其中的图片，或拆成几份"),
    ("a picture of", "有一页图片太大", "请以 300 dpi 重新扫描"),
    ("pages, and", "页数太多", "请拆成几份"),
    ("bytes, and", "文件太大", "请拆成几份，或删去其中的图片"),
    ("characters, and", "文字太多", "请拆成几份"),
    ("more than", "文字太多", "请拆成几份"),
    ("holds no text", "里面没有文字", "请确认文件内容，扫描件请以 pdf 或图片上传"),
    ("UTF-8", "文字编码认不出来", "请用记事本打开，另存为 UTF-8 编码再上传"),
    ("as it says it is", "文字编码与所标明的不符", "请另存为 UTF-8 编码再上传"),
    ("holds binary data", "不是文本文件", _OTHER_FORMAT),
    ("packed file", "是压缩包或不认识的文件", _OTHER_FORMAT),
    ("a program", "是程序文件", _OTHER_FORMAT),
    ("rich text", "是 RTF 文件", "请用 Word 或 WPS 打开，另存为 .docx 再上传"),
    ("damaged", "文件已损坏，或内容与后缀不符", "请用原来的软件打开，重新保存后再上传"),
    ("is in the corpus already", "已经收录", "要换成新的版本，请选“更新”"),
    ("nothing to update", "与正在使用的版本完全相同", "不需要更新"),
    ("was not read whole", "没有完整读入", "请按检查结果里的“错误”核对原文，改好后再上传"),
    ("is the only document", "是唯一的一份文件，不能移除", "请先收录别的文件"),
    ("no such document", "文件已经不在了", "请刷新页面"),
    ("cannot be written", "服务器上的文件目录不能写入", "请联系系统管理员"),
)
_KINDS = {
    "ReadError": ("读不出来", _OTHER_FORMAT),
    "UnitError": (
        "没有找到带编号的措施",
        "请确认这是政策文件正文：条目应有编号（第一条、一、（一）、1.），或是有序号的任务分工表",
    ),
    "LibraryError": ("没能收录", "请检查后再试"),
    "BalanceError": ("没有完整读入", "请按检查结果里的“错误”核对原文"),
    "IndexUnusableError": ("索引没能更新，原来的内容照常可用", "请联系系统管理员"),
    "EmbeddingModelError": ("索引没能更新，原来的内容照常可用", "请联系系统管理员"),
    "VectorsAwayError": ("向量库服务器连接不上，原来的内容照常可用", "请稍后再试，或联系系统管理员"),
    "CorpusError": ("文件目录里的资料不齐或格式不对", "请联系系统管理员"),
}
_UNKNOWN = ("出了没有预料到的问题，没有收录，原来的内容照常可用", "请重试；仍不行，请联系系统管理员")


def declined(name: str, error: Exception) -> str:
    """Why nothing was done with ``name``, a file's name or a document's title, and what to do, in Chinese."""
    kinds = [kind.__name__ for kind in type(error).__mro__]
    known = next((_KINDS[kind] for kind in kinds if kind in _KINDS), None)
    reason, remedy = known or _UNKNOWN
    if known:
        # The name of the file stands first in every message, and may hold any words.
        message = str(error).rpartition(f"{name}: ")[2]
        reason, remedy = next(((why, do) for word, why, do in _REASONS if word in message), known)
    page = _PAGE.search(str(error))
    where = f"第 {page[1]} 页" if page and known else ""
    return f"“{name}”{where}{reason}。{remedy}。"
