"""说明与核对：这是什么、清点是否相符、怎么复核、各表在哪里、数从哪里来。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.consolidated import basis
from xltool.consolidated.columns import LEFT, TOP
from xltool.consolidated.source import ABOUT, MOST_IN_BOOK, footer_of, heading
from xltool.consolidated.summary import NAME as SUMMARY
from xltool.finding import DUTIES
from xltool.form.status import MATCH, MISMATCH
from xltool.scheme.family import family_of
from xltool.sheets.paper import on_paper
from xltool.sheets.plan import (
    Cell,
    Formula,
    Highlight,
    Link,
    Merge,
    Print,
    Role,
    SheetPlan,
)
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.collection.model import Collection
    from xltool.consolidated.contents import Listed
    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Source
    from xltool.consolidated.summary_formulas import Line

_WIDTHS = {"no": 7.0, "item": 28.0, "value": 20.0, "note": 64.0}  # 各栏由左到右
_COLUMNS = {key: number for number, key in enumerate(_WIDTHS, LEFT)}
_MASTER = 4
_COUNTS = 6
# 清点由上到下：找到的，各种去向，问题
_FATES = (
    "adopted",
    "returned",
    "pending",
    "blank",
    "replaced",
    "attached",
    "skipped",
    "unreadable",
)
_COUNTED = ("found", *_FATES, "problems")

_HOW = (
    "先看“汇总”：名次、得分、问题数。点单位名称（评项目的点项目名称）看它的评分表。",
    f"再看“疑点清单”：一行一处，点“位置”看到那一格；级别：{DUTIES}。",
    "在“疑点清单”的浅色格里写每一条的意见：采信说明、须改正、退回、不成立，连同理由、复核人和日期。",
    "要改分的，在“得分明细”写那个指标的复核得分和理由；汇总里的复核得分、等级、名次随之变化，系统得分不变。",
    "存盘以后再汇总，写的都带到新的一份；数据已改的写明“数据已改，请再看”，原来这一份编了号留在旁边。",
    "“规则说明”写明每条疑点的道理、门槛和依据；缺数而不能判断的是“未判”，不算通过。",
)


def about(
    sources: tuple[Source, ...],
    summaries: Sequence[Register[Line]],
    listed: tuple[Listed, ...],
) -> SheetPlan:
    """说明与核对；`summaries` 是各方案的汇总，`listed` 是其他各表。"""
    collection = sources[0].collection
    cells = [*_head(sources), *_master(collection, summaries), *_counts(collection)]
    row = _count_at(_COUNTED[-1]).row + 2
    for title, part in (
        ("各表种", partial(_forms, sources=sources)),
        ("各表", partial(_sheets, listed=listed)),
        ("怎么复核", partial(_lines, lines=_HOW)),
        ("本次汇总", partial(_lines, lines=_facts(sources))),
        (basis.TITLE, partial(_basis, sources=sources)),
    ):
        written = list(part(row + 1))
        if written:
            cells += [Cell(_at(row, "no"), title, Role.SECTION), *written]
            row = written[-1].at.row + 2
    ordered = tuple(sorted(cells, key=lambda cell: cell.at))
    master = Area(_at(_MASTER, "value"), _at(_MASTER, "value"))
    plan = SheetPlan(
        name=ABOUT,
        cells=ordered,
        widths=tuple(_WIDTHS.values()),
        heights=_heights(ordered),
        merges=tuple(_merges(ordered)),
        highlights=(
            Highlight(master, f'{master.first.absolute}="{MATCH}"', Role.GOOD),
            Highlight(master, f'{master.first.absolute}<>"{MATCH}"', Role.ERROR),
        ),
        printing=Print(footer_left=footer_of(sources)),
        tab=Role.GOOD,
    )
    return on_paper(plan, ordered, top=TOP.row, head=TOP.row)


def _at(row: int, key: str) -> At:
    """某行某栏的格。"""
    return At(row, _COLUMNS[key])


def _count_at(key: str) -> At:
    """清点的一个数写在哪一格。"""
    return _at(_COUNTS + 1 + _COUNTED.index(key), "value")


def _head(sources: tuple[Source, ...]) -> Iterator[Cell]:
    title = f"{heading(sources)}：{ABOUT}"
    for key in _COLUMNS:
        at = _at(TOP.row, key)
        yield Cell(at, title if at == TOP else None, Role.TITLE)
    first = sources[0]
    about_it = f"{first.scheme.basis}　方案 {first.version}"
    if len(sources) > 1:
        families = len({family_of(source.scheme) for source in sources})
        about_it = f"{len(sources)}种表合在一起，各有各的汇总和名次"
        if families < len(sources):
            about_it = f"{len(sources)}个方案合在一起，各有各的汇总；同一种表先后的版面一起排名次"
    yield Cell(_at(TOP.row + 1, "no"), f"{about_it}　程序 xltool {first.program}", Role.INFO)


def _master(collection: Collection, summaries: Sequence[Register[Line]]) -> Iterator[Cell]:
    """总核对：清点相加、各单位得分与程序一致，才相符。"""
    found, parts = _count_at("found").a1, Area(_count_at(_FATES[0]), _count_at(_FATES[-1])).a1
    wrong = "+".join(f'COUNTIFS({one.far("match")},"{MISMATCH}")' for one in summaries) + "=0"
    counts = collection.counts
    listed = sum(getattr(counts, fate) for fate in _FATES)
    result = MATCH if listed == counts.found else MISMATCH
    yield Cell(_at(_MASTER, "no"), None, Role.HEADER)
    yield Cell(_at(_MASTER, "item"), "总核对", Role.HEADER)
    text = f'IF(AND({found}=SUM({parts}),{wrong}),"{MATCH}","{MISMATCH}")'
    yield Cell(_at(_MASTER, "value"), Formula(text, result), Role.AUTO)
    note = "找到的文件数等于各种去向之和，而且各汇总里每一行的得分都与程序算的一致，才是相符。"
    yield Cell(_at(_MASTER, "note"), note, Role.FIXED)


def _counts(collection: Collection) -> Iterator[Cell]:
    counts = collection.counts
    rows: dict[str, tuple[str, int | str, str]] = {
        "found": ("找到的文件", counts.found, "文件夹里的每个文件都在“文件清单”里有去向"),
        "adopted": ("采用", counts.adopted, "计分、查疑，列入汇总"),
        "returned": (
            "退回",
            counts.returned,
            "不是本年度的表，或不知道是谁的；原因见“退回与提醒”",
        ),
        "pending": (
            "重复待确认",
            counts.pending,
            "同一单位（项目）报了几份内容不同的，先不采用，不同之处见“重复差异”",
        ),
        "blank": ("没有填报", counts.blank, "下发的空白表，填的只有预填的几格；不算报送"),
        "replaced": (
            "被替代",
            counts.replaced,
            "同一单位（项目）另有退回后改好的、填报日期更晚的一份；改了什么见“重复差异”",
        ),
        "attached": ("自评报告", counts.attached, "随表交来的 .docx，正文与那一份评分表一起核对"),
        "skipped": ("跳过", counts.skipped, "锁定文件、系统文件、填的内容相同的副本"),
        "unreadable": (
            "不能读",
            counts.unreadable,
            "不是 .xlsx，传坏了，打不开；原因见“退回与提醒”",
        ),
        "problems": (
            "问题",
            counts.problems.words,
            "采用的见“疑点清单”",
        ),
    }
    yield from _headings(_COUNTS, no="序号", item="清点", value="数", note="说明")
    for number, key in enumerate(_COUNTED, 1):
        row, (label, value, note) = _count_at(key).row, rows[key]
        yield Cell(_at(row, "no"), number, Role.CODE)
        yield Cell(_at(row, "item"), label, Role.FIXED)
        yield Cell(_at(row, "value"), value, Role.FIXED_CENTER)
        yield Cell(_at(row, "note"), note, Role.FIXED)


def _headings(row: int, **texts: str) -> Iterator[Cell]:
    for key, text in texts.items():
        yield Cell(_at(row, key), text, Role.HEADER)


def _forms(row: int, sources: tuple[Source, ...]) -> Iterator[Cell]:
    """几种表合在一起时，各种表采用了几份、照哪个方案；只有一种时不列。"""
    if len(sources) == 1:
        return
    yield from _headings(row, no="序号", item="表种", value="采用的份数", note="方案和依据")
    for number, source in enumerate(sources, 1):
        scheme, name = source.scheme, source.sheet(SUMMARY)
        yield Cell(_at(row + number, "no"), number, Role.CODE)
        yield Cell(_at(row + number, "item"), Link(source.form, name, TOP), Role.LINK)
        yield Cell(_at(row + number, "value"), len(source.scored), Role.FIXED_CENTER)
        text = f"{scheme.title}；方案 {source.version}；依据：{scheme.basis}"
        yield Cell(_at(row + number, "note"), text, Role.FIXED)


def _sheets(row: int, listed: tuple[Listed, ...]) -> Iterator[Cell]:
    """各表的链接和用途；几种表合在一起时写明是哪一种的。"""
    several = any(one.form for one in listed)
    for number, (name, form, use) in enumerate(listed):
        yield Cell(_at(row + number, "no"), number + 1, Role.CODE)
        yield Cell(_at(row + number, "item"), Link(name, name, TOP), Role.LINK)
        if several:
            yield Cell(_at(row + number, "value"), form or "共用", Role.FIXED_CENTER)
        yield Cell(_at(row + number, "note" if several else "value"), use, Role.FIXED)
        if not several:
            yield Cell(_at(row + number, "note"), None, Role.FIXED)


def _lines(row: int, lines: tuple[str, ...]) -> Iterator[Cell]:
    for number, text in enumerate(lines):
        yield Cell(_at(row + number, "no"), number + 1, Role.CODE)
        yield Cell(_at(row + number, "item"), text, Role.FIXED)
        for key in ("value", "note"):
            yield Cell(_at(row + number, key), None, Role.FIXED)


def _basis(row: int, sources: tuple[Source, ...]) -> Iterator[Cell]:
    """照着什么汇总的，一行一项；再算一遍要用同样的。"""
    yield from _headings(row, no="序号", **basis.HEADINGS)
    for number, entry in enumerate(basis.entries(sources), 1):
        yield Cell(_at(row + number, "no"), number, Role.CODE)
        for key, text in entry._asdict().items():
            yield Cell(_at(row + number, key), text or basis.NONE, Role.FIXED)


def _facts(sources: tuple[Source, ...]) -> tuple[str, ...]:
    return (
        "同一单位（项目）报了几份内容不同的，程序不替您选；内容相同的只算一份。",
        f"单位不超过{MOST_IN_BOOK}个时，各单位的评分表在本工作簿里；超过时另存在旁边的文件夹，由链接打开。",
        *(f"{source.form}的来源　{source.scheme.origin}" for source in sources),
        "本工作簿里的文字都来自报送文件或本程序；没有宏，没有外部数据；打印日期在页脚。",
    )


def _merges(cells: tuple[Cell, ...]) -> Iterator[Merge]:
    """成段的文字横跨到最后一列。"""
    empty = {cell.at for cell in cells if cell.role is Role.FIXED and cell.content is None}
    for at in sorted(empty):
        if at == _at(at.row, "note"):
            first = "item" if _at(at.row, "value") in empty else "value"
            yield Merge(Area(_at(at.row, first), at))


def _heights(cells: tuple[Cell, ...]) -> dict[int, float]:
    heights: dict[int, float] = {TOP.row: 36.0, _MASTER: 26.0}
    widths = tuple(_WIDTHS.values())
    merged = {merge.area.first: merge.area for merge in _merges(cells)}
    for cell in cells:
        if isinstance(cell.content, str) and cell.role in (Role.FIXED, Role.FIXED_CENTER):
            area = merged.get(cell.at)
            last = area.last.col if area else cell.at.col
            width = sum(widths[cell.at.col - LEFT : last])
            needed = row_height([(cell.content, width)], 22.0)
            heights[cell.at.row] = max(heights.get(cell.at.row, 0.0), needed)
    return heights
