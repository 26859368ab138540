"""测试用：照公开的部门自评表、评分规则写成的方案；哪些是重建的，各个方案自己写明。"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.scheme.loader import parse_scheme
from xltool.scoring.catalogue import methods_of, ready_scheme

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme
    from xltool.scoring.method import Method

FOLDER = Path(__file__).parent / "schemes"
CHONGQING, YUEYANG = "chongqing-2021", "yueyang-2018"


@cache
def official() -> dict[str, Scheme]:
    """各个方案。"""
    return {
        path.stem: parse_scheme(path.read_text("utf-8"), path.name)
        for path in sorted(FOLDER.glob("*.toml"))
    }


def ready(scheme_id: str) -> tuple[Scheme, tuple[Method, ...]]:
    """随程序带的，或这里的，连同计分办法。"""
    if scheme_id not in official():
        return ready_scheme(scheme_id)
    scheme = official()[scheme_id]
    return scheme, tuple(methods_of(scheme))
