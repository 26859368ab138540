"""汇总的依据：程序、方案、名单、期限……各是什么；写在说明与核对里，核对时读回来再算一遍。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.basis import Aid, Basis
from xltool.scheme.digest import scheme_digest
from xltool.season.kinds import duplicates_named, duplicates_word
from xltool.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.consolidated.source import Source
    from xltool.xlsx.grid import Grid

TITLE: Final = "汇总的依据"
HEADINGS: Final = {"item": "依据", "value": "是什么", "note": "内容的指纹，和说明"}
PROGRAM, SCHEME, FOLDER, ROSTER, LAST_YEAR, WAIVERS, DEADLINE, DUPLICATES, LIMITS = (
    "程序",
    "方案",
    "报送文件夹",
    "名单",
    "上年度",
    "豁免表",
    "截止日期",
    "一个单位有几份时",
    "放宽的上限",
)
NONE: Final = "—"  # 没有用到的
_NAME: Final = "xltool "


class Entry(NamedTuple):
    """一行：是哪一项、是什么、指纹或说明。"""

    item: str
    value: str
    note: str = ""


def entries(sources: tuple[Source, ...]) -> Iterator[Entry]:
    """各行，由上到下；没有用到的写明没有。"""
    collection = sources[0].collection
    basis = collection.basis or Basis()
    yield Entry(PROGRAM, f"{_NAME}{sources[0].program}")
    for source in sources:
        yield Entry(SCHEME, source.version, scheme_digest(source.scheme))
    yield Entry(FOLDER, collection.folder, "各文件的指纹见“文件清单”")
    for item, aid, without in (
        (ROSTER, basis.roster, "没有给名单，不能列出未报的单位"),
        (LAST_YEAR, basis.last_year, "没有与上年度比较"),
        (WAIVERS, basis.waivers, "没有豁免"),
    ):
        yield Entry(item, aid.name, aid.sha256) if aid else Entry(item, "", without)
    late = "晚于它的在“退回与提醒”里" if basis.deadline else "没有给，不看逾期"
    yield Entry(DEADLINE, basis.deadline.isoformat() if basis.deadline else "", late)
    yield Entry(DUPLICATES, duplicates_word(basis.on_duplicate), "内容相同的只算一份")
    if basis.relaxed:
        yield Entry(LIMITS, "、".join(basis.relaxed), "由环境变量改的")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """读回的：程序版本，各方案（标识和版本）的指纹，报送文件夹，其余的依据。"""

    program: str
    folder: str
    basis: Basis
    schemes: Mapping[str, str] = field(default_factory=dict)


def read_entries(grid: Grid) -> Recorded | None:
    """从说明与核对读回；没有这一段的为空。"""
    found = list(_entries(grid))
    if not found:
        return None
    values = {one.item: one.value for one in found}
    aids = {one.item: Aid(one.value, one.note) for one in found if one.value}
    return Recorded(
        program=values.get(PROGRAM, "").removeprefix(_NAME),
        folder=values.get(FOLDER, ""),
        schemes={one.value: one.note for one in found if one.item == SCHEME},
        basis=Basis(
            roster=aids.get(ROSTER),
            last_year=aids.get(LAST_YEAR),
            waivers=aids.get(WAIVERS),
            deadline=read_date(values.get(DEADLINE, "")).value,
            on_duplicate=duplicates_named(values.get(DUPLICATES, "")) or "ask",
            relaxed=tuple(filter(None, values.get(LIMITS, "").split("、"))),
        ),
    )


def _entries(grid: Grid) -> Iterator[Entry]:
    """表头以下、空行以上的各行；栏挪过的照表头找。"""
    texts = {place: cell.text.strip() for place, cell in grid.cells.items()}
    wanted = set(HEADINGS.values())
    for row in sorted({row for (row, _), text in texts.items() if text == HEADINGS["item"]}):
        columns = {text: col for (one, col), text in texts.items() if one == row and text in wanted}
        if len(columns) == len(wanted):
            break
    else:
        return
    while item := texts.get((row := row + 1, columns[HEADINGS["item"]]), ""):
        value, note = (texts.get((row, columns[HEADINGS[key]]), "") for key in ("value", "note"))
        yield Entry(item, "" if value == NONE else value, note)
