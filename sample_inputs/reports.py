# ruff: noqa: INP001 - a script's part, no package
"""把公布的自评报告的文字存成 .docx：一行一段，带制表符的行是表；公布的文字在换页处断开的，接回去。

用法：python sample_inputs/reports.py 报告.txt 报告.docx
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from xltool.excel.archive import Archive, pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NEW: Final = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．]|[一二三四五六七八九]是|\S+：$"
)
_ENDS: Final = ("。", "：", "；", "！", "？")
_BROKEN: Final = 25  # 断在换页处的一行至少这么长
_LONG_TABLE: Final = "序号\t"  # 从这一行起到末尾是格里分段的表
_ROW: Final = re.compile(r"[0-9]+\t|\t\t")
_MARKUP: Final = re.compile("</?p>")


def report_docx(text: str) -> bytes:
    """一份报告的文字存成 .docx；同样的文字写出的字节不变。"""
    body = "".join(
        _paragraph(block) if isinstance(block, str) else _table(block) for block in blocks(text)
    )
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    return packed(document)


def packed(document: str) -> bytes:
    """正文装进压缩包。"""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }
    out = BytesIO()
    target = Archive(out)
    for name, part in parts.items():
        target.add(pack(name, (f"{_HEAD}{part}".encode(),)))
    target.close()
    return out.getvalue()


def blocks(text: str) -> Iterator[str | list[list[str]]]:
    """依次的各段和各张表。"""
    prose, mark, table = text.partition(f"\n{_LONG_TABLE}")
    rows: list[list[str]] = []
    held = ""
    for line in filter(None, map(str.rstrip, prose.split("\n"))):
        if "\t" in line:
            if held:
                yield held
                held = ""
            rows += [] if line.startswith("---") else [line.split("\t")]
            continue
        if rows:
            yield rows
            rows = []
        joined = len(held) >= _BROKEN and not held.endswith(_ENDS) and not _NEW.match(line)
        if held and not joined:
            yield held
        held = f"{held}{line}" if joined else line
    yield from filter(None, (rows, held))
    if mark:
        yield list(_long_rows(_LONG_TABLE + table.rstrip("-\t\n ")))


def _long_rows(text: str) -> Iterator[list[str]]:
    """格里分段的表：一行由序号或空的前几格起。"""
    held: list[str] = []
    for line in text.split("\n"):
        if held and _ROW.match(line):
            yield "\n".join(held).split("\t")
            held = []
        held.append(_MARKUP.sub("", line))
    yield "\n".join(held).split("\t")


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    written = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl>{written}</w:tbl>"


def _cell(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()] or [""]
    return f"<w:tc>{''.join(map(_paragraph, lines))}</w:tc>"


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:3])
    target.write_bytes(report_docx(source.read_text("utf-8")))
