"""各格的批注；新式的“会话”批注，软件存盘时也留一份旧式的，读的是旧式的。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.address import At
from xltool.xlsx.archive import Archive
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.escapes import unescaped
from xltool.xlsx.limits import Limits
from xltool.xlsx.package import content_types, relations, workbook_part
from xltool.xlsx.path_walker import PathWalker, container
from xltool.xlsx.refusal import Refused
from xltool.xlsx.workbook import read_workbook
from xltool.xlsx.xml_walker import Budget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_DEFAULT = Limits()
_COMMENT = ":comments:commentList:comment"
_TEXTS = (f"{_COMMENT}:text:t", f"{_COMMENT}:text:r:t")


class Comment(NamedTuple):
    """一格的批注。"""

    sheet: str
    at: At
    text: str


def read_comments(path: Path, limits: Limits = _DEFAULT) -> tuple[Comment, ...]:
    """一个工作簿里的全部批注；读不了的没有：读内容的时候已经说过为什么。"""
    try:
        archive = Archive(file_bytes(path, limits), limits)
        return tuple(_comments(archive, Budget(limits)))
    except Refused:
        return ()


def _comments(archive: Archive, budget: Budget) -> Iterator[Comment]:
    main, _ = workbook_part(archive, content_types(archive, budget), budget)
    workbook = read_workbook(main, archive.blocks(main), budget)
    parts = relations(archive, main, budget)
    for entry in workbook.sheets:
        sheet = parts.get(entry.relation)
        if sheet is None or sheet.outside:
            continue
        for relation in relations(archive, sheet.target, budget).values():
            if relation.kind == "comments" and not relation.outside and relation.target in archive:
                blocks = archive.blocks(relation.target)
                for at, text in _Reader(relation.target, budget).read(blocks):
                    yield Comment(entry.name, at, text)


class _Reader:
    """一张表的批注。"""

    def __init__(self, part: str, budget: Budget) -> None:
        self._found: list[tuple[At, str]] = []
        self._ref = ""
        self._runs: list[str] = []
        opened = {
            ":comments": container,
            ":comments:commentList": container,
            _COMMENT: self._open,
            f"{_COMMENT}:text": container,
            f"{_COMMENT}:text:r": container,
            **dict.fromkeys(_TEXTS, container),
        }
        closed = {_COMMENT: self._close, **dict.fromkeys(_TEXTS, self._run)}
        self._outline = PathWalker(part, budget, opened, closed)

    def read(self, blocks: Iterable[bytes]) -> list[tuple[At, str]]:
        self._outline.read(blocks)
        return self._found

    def _open(self, attributes: Mapping[str, str]) -> None:
        self._ref = attributes.get("ref", "")
        self._runs.clear()

    def _run(self, text: str) -> None:
        self._runs.append(text)

    def _close(self, _: str) -> None:
        text = unescaped("".join(self._runs)).strip()
        try:
            at = At.parse(self._ref)
        except ValueError:
            return
        if text:
            self._found.append((at, text))
