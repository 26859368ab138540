"""自评报告里要人补充的地方：照表写的报告先空着，读报告时认得出还没有补。"""

from __future__ import annotations

import re
from typing import Final

GAP: Final = re.compile("(【此处由[^【】]*补充[^【】]*】)")


def gap(what: str, who: str = "单位") -> str:
    """要人补充的地方。"""
    return f"【此处由{who}补充：{what}】"
