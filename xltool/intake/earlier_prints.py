"""0.1.0 版下发的表没有记下自己的指纹：那时各栏印的是什么，记在 earlier_prints.json 里。

键是方案的标识和版本，值与标识表里记的一样（见 form/issue.py）；由那一版的程序写出，以后不再变。
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA: Final = "earlier_prints.json"


def earlier_prints(scheme_id: str, version: str) -> Mapping[str, frozenset[str]]:
    """一个方案的某一版在 0.1.0 时各栏印着的内容的指纹；没有的空着。"""
    return _known().get(f"{scheme_id} {version}", {})


@cache
def _known() -> Mapping[str, Mapping[str, frozenset[str]]]:
    text = (resources.files("xltool.intake") / _DATA).read_text("utf-8")
    return {
        name: {group: frozenset(marks) for group, marks in groups.items()}
        for name, groups in json.loads(text).items()
    }
