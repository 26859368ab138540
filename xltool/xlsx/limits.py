"""读一份文件的各项上限：都有名字，都能改，碰到哪一项就说哪一项。"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from xltool.messages.files import LIMIT_WORDS, OVER_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.finding import Finding

_MB = 1024 * 1024
FIRST_ROWS = 10_000  # 此后的隐藏行只记有内容的：百万个空的隐藏行不值得占内存
_PREFIX = "XLTOOL_MAX_"


@dataclass(frozen=True, slots=True)
class Limits:
    """各项上限；等于上限可以，超过才拒收。"""

    file_bytes: int = 20 * _MB
    part_bytes: int = 64 * _MB
    total_bytes: int = 128 * _MB
    ratio: int = 200  # 解压后超过 ratio_grace 的部件才查压缩比
    ratio_grace: int = _MB
    members: int = 2_000
    depth: int = 128
    attributes: int = 256
    sheets: int = 200
    cells: int = 500_000
    tags: int = 4_000_000  # 全部要读的部件里“<”的个数：决定读多久
    names: int = 20_000  # 不同的元素名和属性名：expat 每个都要留内存
    characters: int = 20_000_000
    strings: int = 1_000_000
    formats: int = 100_000
    merges: int = 50_000
    array_cells: int = 1_000_000
    paragraphs: int = 20_000  # 自评报告的段落，表格里的也算

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """默认上限，由 XLTOOL_MAX_… 环境变量逐项覆盖，如 XLTOOL_MAX_CELLS=800000。

        Raises:
            ValueError: 变量的值不是正整数。
        """
        changed: dict[str, int] = {}
        for field in fields(cls):
            text = environment.get(variable(field.name))
            if text is None:
                continue
            if not (text.isascii() and text.isdecimal() and int(text)):
                problem = f"环境变量 {variable(field.name)} 应是正整数，现为“{text}”"
                raise ValueError(problem)
            changed[field.name] = int(text)
        return cls(**changed)

    def over(self, name: str, found: int, subject: str = "") -> Finding:
        """某项超过上限的拒收说明。"""
        limit = getattr(self, name)
        if name.endswith("_bytes"):  # 向上取，免得“20.0 MB，超过上限 20.0 MB”
            shown = [f"{-(-size * 100 // _MB) / 100:,.2f} MB" for size in (found, limit)]
        else:
            shown = [f"{count:,}" for count in (found, limit)]
        return OVER_LIMIT.finding(
            subject=subject,
            what=LIMIT_WORDS[name],
            found=shown[0],
            limit=shown[1],
            variable=variable(name),
        )


def variable(name: str) -> str:
    """某项上限的环境变量名。"""
    return _PREFIX + name.upper()
