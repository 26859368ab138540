"""读“设置”一张表：一次说出全部不对的地方，各有工作表和单元格。"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, TypeVar

from xltool.collection.table import HEADER_ROWS, find_table
from xltool.messages import collection
from xltool.messages import season as say
from xltool.season.register import BOOK, CORRECTION_DEADLINE, DEADLINE, INBOX, PLACES, SETTINGS
from xltool.values import fold, nearest, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xltool.address import Place
    from xltool.collection.table import HeadedTable
    from xltool.finding import Finding
    from xltool.season.register import Setting
    from xltool.xlsx.grid import Grid

T = TypeVar("T")

SHEET: Final = "设置"
LABEL, VALUE, HELP = "设置", "填写", "说明"
_HEADINGS: Final = {"label": (LABEL, "项目"), "value": (VALUE, "内容", "值")}


@dataclass(frozen=True, slots=True)
class Settings:
    """一季的全部设置：`settings[DEADLINE]` 是那一项的值，空着的是它的默认。

    `home` 是名单所在的文件夹；`values` 是填了的各项，`places` 是每一项填在哪一格。
    """

    home: Path
    values: Mapping[str, Any]
    places: Mapping[str, Place]

    def written(self, setting: Setting[Any]) -> str:
        """填了的写回文字；没有填的是空串。"""
        value = self.values.get(setting.key)
        return "" if value is None else setting.kind.written(value)

    def __getitem__(self, setting: Setting[T]) -> T:
        if setting.key in self.values:
            value: T = self.values[setting.key]
            return value
        default = setting.kind.read(setting.default, self.home) if setting.default else None
        return setting.kind.blank if default is None else default


def read_settings(
    grid: Grid, home: Path, *, date_1904: bool = False
) -> tuple[Settings, tuple[Finding, ...]]:
    """读出各项设置和全部问题；有级别为错误的，这一季先不能用。"""
    table = find_table(grid, _HEADINGS, tuple(_HEADINGS), date_1904=date_1904)
    if table is None:
        fault = say.HEADER.finding(
            sheet=SHEET, name=SHEET, rows=HEADER_ROWS, label=LABEL, value=VALUE
        )
        return Settings(home, {}, {}), (fault,)
    findings: list[Finding] = []
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for setting, row in _rows(table, findings):
        text = table.text(row, "value")
        place = table.place(row, "value")
        if setting.key in places:
            first = places[setting.key].at.row
            findings.append(say.REPEATED.finding(place, label=setting.label, row=first))
            continue
        places[setting.key] = place
        read = setting.kind.value(text, home)
        if read is None:
            findings.append(_unreadable(setting, text, place))
        else:
            values[setting.key] = read
    settings = Settings(home, values, places)
    findings += _contradictions(settings)
    return settings, tuple(sorted(findings, key=lambda one: one.at or (0, 0)))


def _rows(table: HeadedTable, findings: list[Finding]) -> Iterator[tuple[Setting[Any], int]]:
    """填了的各项和它在第几行；不认得的指出。"""
    known = {fold(setting.label): setting for setting in SETTINGS}
    for row in table.rows():
        label, text = table.text(row, "label"), table.text(row, "value")
        if not (label and text):
            continue
        setting = known.get(fold(label))
        if setting is not None:
            yield setting, row
            continue
        near = nearest(label, [one.label for one in SETTINGS])
        findings.append(
            say.UNKNOWN.finding(
                table.place(row, "label"), found=quote(label), nearest=_nearest(near)
            )
        )


def _unreadable(setting: Setting[Any], text: str, place: Place) -> Finding:
    near = nearest(text, setting.kind.options())
    return setting.kind.fault.finding(
        place,
        label=setting.label,
        found=quote(text),
        expected=setting.kind.expected,
        nearest=_nearest(near),
    )


def _nearest(near: str | None) -> str:
    return collection.NEAREST.format(name=near) if near else ""


def _contradictions(settings: Settings) -> Iterator[Finding]:
    """各项合起来才看出的：改正比报送还早，收来的和写出的放在一起。"""
    day, limit = settings[CORRECTION_DEADLINE], settings[DEADLINE]
    if day is not None and limit is not None and day < limit:
        yield say.TOO_EARLY.finding(
            settings.places[CORRECTION_DEADLINE.key],
            label=CORRECTION_DEADLINE.label,
            other=DEADLINE.label,
            day=day.isoformat(),
            limit=limit.isoformat(),
        )
    for one, other in combinations(PLACES, 2):
        if _overlap(settings[one].resolve(), settings[other].resolve()):
            yield _same_place(settings, one, other)
    if settings[BOOK].resolve().is_relative_to(settings[INBOX].resolve()):
        yield _same_place(settings, BOOK, INBOX)


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _same_place(settings: Settings, one: Setting[Path], other: Setting[Path]) -> Finding:
    """两处放在一起了；指着填了的一格。"""
    place = settings.places.get(one.key) or settings.places.get(other.key)
    found = quote(str(settings[one]))
    return say.SAME_PLACE.finding(place, label=one.label, other=other.label, found=found)
