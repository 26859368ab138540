"""程序自己的选项表是什么样子。"""

from __future__ import annotations

from typing import Final, NamedTuple

GAP: Final = "…"
"""可以隔字的话里，前后两半之间。"""


WORD: Final = "word"
"""不必有名字的各项，标识以它开头。"""


class OwnOption(NamedTuple):
    """一个选项：标识、印出来的字、也认得的写法。"""

    key: str
    value: str
    aliases: tuple[str, ...] = ()


class OwnList(NamedTuple):
    """程序自己的一个选项表；`origin` 是各个选项从哪里来。

    `fixed` 的程序认字，印出来不能换；`gaps` 的话里可以写“…”，前后隔几个字；
    `keys` 是照标识读的表读哪几个，别的标识程序不看。
    """

    key: str
    title: str
    origin: str
    options: tuple[OwnOption, ...]
    fixed: bool = False
    gaps: bool = False
    keys: tuple[str, ...] = ()

    @property
    def only_words(self) -> bool:
        """只认印出来的字的（见 listed），不看别的写法。"""
        return all(one.key.startswith(WORD) for one in self.options)


def listed(*words: str) -> tuple[OwnOption, ...]:
    """只认字、不必有名字的各项：标识就是第几个。"""
    return tuple(OwnOption(f"{WORD}{number}", word) for number, word in enumerate(words, 1))
