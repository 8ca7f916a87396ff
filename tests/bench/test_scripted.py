"""The scripted model says what the units in its prompt say."""

from __future__ import annotations

from bench.scripted import honest

PROMPT = """资料：

[1]
```
出处：甲文件第1项
责任单位：甲局
原文：建设甲。建设乙。建设丙。
```

[2]
```
出处：乙文件第2项
责任单位：未写明
原文：建设丁
```

提问：
```
[3] 什么？
```
"""


def test_the_first_two_sentences_of_each_unit_with_its_handle() -> None:
    assert honest(PROMPT) == "建设甲[1]。建设乙[1]。建设丁[2]。"
    assert honest("没有资料") == ""
