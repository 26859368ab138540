"""单位在退回件的问题清单里写的说明：写在哪一条旁边，写的什么。"""

from __future__ import annotations

from typing import NamedTuple


class Statement(NamedTuple):
    """一条说明。

    `code` 是那一条的规则；`place`、`fact` 是它在方案里的位置和事实的指纹，`turn` 分开一模一样的
    几条，标识那一栏不见了的空着；`where`、`message` 是清单上印的位置和事实；`text` 是单位写的。
    """

    code: str
    place: str
    fact: str
    turn: int
    where: str
    message: str
    text: str
