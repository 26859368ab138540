"""写完之后的核对：打开文件，公式、链接、名称须与计划一字不差，别的一概没有。"""

from __future__ import annotations

import re
import zlib
from html import unescape
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from xltool.excel.errors import OutputNotAsPlannedError
from xltool.excel.expected import Tally
from xltool.excel.links import unplaced
from xltool.excel.shared import shared_fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from xltool.excel.expected import ExpectedBook, ExpectedSheet, Sum

_KNOWN_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml"
    r"|xl/(workbook|styles|theme/theme1|_rels/workbook\.xml)\.(xml|rels)"
    r"|xl/(worksheets/sheet|charts/chart|drawings/drawing)\d+\.xml"
    r"|xl/(worksheets|drawings)/_rels/(sheet|drawing)\d+\.xml\.rels"
)
_FORBIDDEN = re.compile(r"externalLink|ddeLink|vbaProject|customXml|oleObject|macro", re.IGNORECASE)
_CHUNK = 1 << 18
_FORMULA = re.compile(rb"<f(?:>([^<]*)</f>|[\s/])")
_SHARED = b't="shared"'
# 有共享公式的一段：格的地址，自己的公式；组里第一格的区域、哪一组、公式
_PLACED_FORMULA = re.compile(
    rb'(?:<c r="([A-Z]+[0-9]+)"[^<>]*>)?<f(?:>([^<]*)</f>'
    rb'| t="shared"(?: ref="([A-Z0-9:]+)")? si="([0-9]+)"(?:/>|>([^<]*)</f>)|[\s/])'
)
_WRITTEN_FORMULA = re.compile(rb"<f(?:[\s/][^<>]*)?>[^<]*")
_RULE = re.compile(rb"<formula[12]?>([^<]*)</formula[12]?>")
_LINK = re.compile(rb'<hyperlink ref="([^"]*)"(?: r:id="([^"]*)")?(?: location="([^"]*)")?/>')
_LINK_START, _LINKS_START = b"<hyperlink", b"<hyperlinks>"
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_RELATION = re.compile(r"<Relationship ([^>]*)/>")
_NAME = re.compile(r'<definedName name="([^"]*)"[^>]*>([^<]*)</definedName>')
_CHART_FORMULA = re.compile(r"<c:f>([^<]*)</c:f>")
_BUILT_IN = "_xlnm."


def check_output(source: Path | BinaryIO, facts: ExpectedBook) -> None:
    """核对写好的文件。

    Raises:
        OutputNotAsPlannedError: 有计划外的公式、链接、名称或部件，或者少了计划内的。
    """
    try:
        with ZipFile(source) as archive:
            _check_parts(archive, facts)
            _check_workbook(archive, facts)
            for sheet, rules in zip(facts.sheets, facts.rules, strict=True):
                _check_sheet(archive, sheet, rules, facts.generation)
    except (BadZipFile, zlib.error) as error:
        raise OutputNotAsPlannedError(f"文件不完整：{error}") from error


def formulas_in(data: bytes) -> tuple[bytes, ...]:
    """一张表的 XML 里依次有哪些公式，如所写。"""
    return tuple(_WRITTEN_FORMULA.findall(data))


def require(same: bool, what: str) -> None:  # noqa: FBT001  断言的条件本来就是一个真假
    """不成立就是写得与计划不符。

    Raises:
        OutputNotAsPlannedError: 不成立。
    """
    if not same:
        raise OutputNotAsPlannedError(what)


def _check_parts(archive: ZipFile, facts: ExpectedBook) -> None:
    names = archive.namelist()
    require(len(names) == len(set(names)), "部件重名")
    for name in names:
        require(_KNOWN_PARTS.fullmatch(name) is not None, f"计划外的部件 {name}")
    sheets = {name for name in names if name.startswith("xl/worksheets/sheet")}
    require(sheets == {sheet.part for sheet in facts.sheets}, "工作表的数目不对")
    types = archive.read("[Content_Types].xml").decode()
    require(_FORBIDDEN.search(types) is None, "计划外的部件类型")
    for name in names:
        if name.endswith(".rels") and not name.startswith("xl/worksheets/"):
            require(b"TargetMode" not in archive.read(name), f"计划外的外部链接 {name}")


def _check_workbook(archive: ZipFile, facts: ExpectedBook) -> None:
    found = _NAME.findall(archive.read("xl/workbook.xml").decode())
    own = [(unescape(name), unescape(text)) for name, text in found if _BUILT_IN not in name]
    require(sorted(own) == sorted(facts.names), "名称与计划不符")
    built_in = [text for name, text in found if _BUILT_IN in name]
    require(all("[" not in text for text in built_in), "名称引用了别的文件")
    charts = [
        unescape(formula)
        for name in archive.namelist()
        if name.startswith("xl/charts/")
        for formula in _CHART_FORMULA.findall(archive.read(name).decode())
    ]
    require(sorted(charts) == sorted(facts.charts), "图表引用的区域与计划不符")


def _check_sheet(
    archive: ZipFile, sheet: ExpectedSheet, rules: Iterable[str], generation: str
) -> None:
    formulas, links, every = Tally(), Tally(), 0
    found: list[str] = []
    targets, used = _external_targets(archive, sheet, generation), set()
    for cells, rest in _pieces(archive, sheet.part):
        for formula in _formulas(cells):
            formulas.add(formula)
        found += map(_text, _RULE.findall(rest))
        every += rest.count(_LINK_START) - rest.count(_LINKS_START)
        for address, relation, place in _LINK.findall(rest):
            file = relation.decode()
            used.add(file)
            links.add(f"{address.decode()}\t{_text(place)}\t{targets.get(file, '')}")
    _require_sum(formulas.sum, sheet.formulas, f"{sheet.name} 的公式")
    require(sorted(found) == sorted(rules), f"{sheet.name} 的校验或条件格式与计划不符")
    require(links.sum.count == every, f"{sheet.name} 有写法不同的链接")
    _require_sum(links.sum, sheet.links, f"{sheet.name} 的链接")
    require(targets.keys() <= used, f"{sheet.name} 有计划外的外部链接")


def _formulas(cells: bytes) -> Iterator[str]:
    """一段里各格的公式；合写的各格，见 shared_fact。"""
    if _SHARED not in cells:
        yield from map(_text, _FORMULA.findall(cells))
        return
    for address, own, area, group, first in _PLACED_FORMULA.findall(cells):
        if group:
            yield shared_fact(address.decode(), group.decode(), area.decode(), _text(first))
        else:
            yield _text(own)


def _external_targets(archive: ZipFile, sheet: ExpectedSheet, generation: str) -> dict[str, str]:
    folder, _, name = sheet.part.rpartition("/")
    part = f"{folder}/_rels/{name}.rels"
    if part not in archive.namelist():
        return {}
    relations = [
        dict(_ATTRIBUTE.findall(found)) for found in _RELATION.findall(archive.read(part).decode())
    ]
    return {
        relation["Id"]: unplaced(unquote(unescape(relation["Target"])), generation)
        for relation in relations
        if "TargetMode" in relation
    }


def _pieces(archive: ZipFile, part: str) -> Iterator[tuple[bytes, bytes]]:
    """逐段读出，分成各格的和各格以后的；几万个链接也不一齐放在内存里。"""
    after = False
    for chunk in _chunks(archive, part):
        if after:
            yield b"", chunk
        else:
            cells, mark, rest = chunk.partition(b"</sheetData>")
            after = bool(mark)
            yield cells, rest


def _chunks(archive: ZipFile, part: str) -> Iterator[bytes]:
    """逐段读出，每段都断在一格或一个链接之前，公式、校验、链接不会被切开。"""
    held = b""
    with archive.open(part) as file:
        while block := file.read(_CHUNK):
            held += block
            cut = max(held.rfind(b"<c "), held.rfind(b"<hyperlink "))
            if cut > 0:
                yield held[:cut]
                held = held[cut:]
    yield held


def _require_sum(found: Sum, planned: Sum, what: str) -> None:
    require(
        found == planned,
        f"{what}与计划不符：计划 {planned.count} 处，文件里 {found.count} 处",
    )


def _text(escaped: bytes) -> str:
    return unescape(escaped.decode())
