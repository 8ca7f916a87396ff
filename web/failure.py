"""Why the service did not load, and what to do about it, for the person before the page."""

from __future__ import annotations

# By name: the modules that define these errors may be what failed to import.
_CAUSES = {
    "CorpusError": ("文件目录里的资料不齐或格式不对", "按下面的提示改正文件目录，再重新启动"),
    "AgencyTableError": ("责任单位表 agencies.tsv 有错", "按下面的提示改正，再重新启动"),
    "ReadError": ("有一份文件读不出来", "按下面的提示换成可读的文件，再重新启动"),
    "UnitError": ("有一份文件的条目划分不出来", "按下面的提示核对原文，再重新启动"),
    "BalanceError": ("条目核对不平：有缺号、重号或没有归属的文字", "按下面的提示核对原文，再重新启动"),
    "EmbeddingModelError": ("找不到向量模型", "检查设置 EMBEDDING_MODEL，或去掉它以使用自带的模型，再重新启动"),
    "VectorsAwayError": ("向量库服务器（CHROMA_URL）连接不上", "启动该服务器，或去掉 CHROMA_URL，再重新启动"),
    "IndexUnusableError": ("索引打不开，也没能重新建立", "删除索引目录，再重新启动，它会自动重建"),
    "PermissionError": ("没有读写权限", "检查文件目录和索引目录的权限，再重新启动"),
    "ModuleNotFoundError": ("运行环境不完整", "运行 pip install -r requirements.txt，再重新启动"),
}
_OTHER = ("出现了没有预料到的错误", "查看服务日志，再重新启动")


def explained(error: Exception) -> str:
    """``error`` in Chinese: the cause, the remedy, and its own words."""
    names = (kind.__name__ for kind in type(error).__mro__)
    cause, remedy = next((_CAUSES[name] for name in names if name in _CAUSES), _OTHER)
    return f"没有载入成功，暂时不能回答：{cause}。处理办法：{remedy}。（{type(error).__name__}：{error}）"
