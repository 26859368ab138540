"""名单里的示例行：给人看怎样填，不是单位。"""

from __future__ import annotations

from typing import Final

from xltool.values import fold

EXAMPLE_NAME: Final = "（示例，填时删去）某某局"
_START: Final = fold("（示例")


def is_example(name: str) -> bool:
    """单位名称写明是示例的一行：不算单位，忘了删也不要紧。"""
    return fold(name).startswith(_START)
