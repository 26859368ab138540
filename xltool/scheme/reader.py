"""从方案表里按类型取值；缺项、类型不对、多余的键都指明路径，读完一次说出。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.scheme.overlay import NAMES
from xltool.scheme.problem import WHOLE, SchemeProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ORIGINS = ("文号：", "报告：", "重建：", "假设：")


_ABSENT: Final = object()
_DIGITS: Final = 15
_SMALLEST: Final = 30


class Table:
    """方案文件里的一张表，记着自己的路径和已取过的键。

    毛病不当场停下：记下来，先给一个替代的值，读完 `settle` 一次说出全部。
    `named` 是一列表里的各项在路径里用名字称呼：沿用别的方案的，第几项与文件里的对不上。
    `lost` 的是整张没有、或不是一张表的，里面缺什么不再说。
    """

    __slots__ = ("_data", "_found", "_lost", "_number", "_seen", "_stem", "file", "named")

    def __init__(  # noqa: PLR0913 - a table knows its place, and where its faults are told
        self,
        data: object,
        file: str,
        stem: str,
        *,
        named: bool = False,
        number: int = 0,
        found: list[SchemeProblem] | None = None,
        lost: bool = False,
    ) -> None:
        self.file = file
        self.named = named
        self._stem = stem
        self._number = number  # 一列表里的第几项；不是一列里的为零
        self._data: Mapping[str, object] = data if isinstance(data, dict) else {}
        self._seen: set[str] = set()
        self._found = [] if found is None else found
        self._lost = lost
        if not isinstance(data, dict):
            self.fault("", "应是一张表")
            self._lost = True

    @property
    def path(self) -> str:
        """在文件里的路径；有毛病才用得着，所以到时才拼。一列里的一项是（03），或第几项 [3]。"""
        if not self._number:
            return self._stem
        name = ""
        if self.named:
            data = self._data
            name = next((one for key in NAMES if isinstance(one := data.get(key), str)), "")
        return f"{self._stem}（{name}）" if name else f"{self._stem}[{self._number}]"

    def fault(self, key: str, message: str) -> None:
        """记下某个键的毛病。"""
        if not self._lost:
            path = f"{self.path}.{key}" if self.path and key else self.path or key
            self._found.append(SchemeProblem(self.file, path or WHOLE, message))

    def settle(self) -> None:
        """读完了：有毛病的，一次说出全部。

        Raises:
            SchemeProblem: 第一处毛病，其余的在 `also`。
        """
        if self._found:
            first, *rest = self._found
            raise SchemeProblem(first.file, first.path, first.message, tuple(rest))

    def has(self, key: str) -> bool:
        """有没有这个键。"""
        return key in self._data

    def _take(self, key: str) -> object:
        self._seen.add(key)
        if key not in self._data:
            self.fault(key, "缺少这一项")
            return _ABSENT
        return self._data[key]

    def _wrong(self, key: str, value: object, message: str) -> None:
        """类型不对；没有这个键的，已经说了。"""
        if value is not _ABSENT:
            self.fault(key, message)

    def text(self, key: str, default: str | None = None) -> str:
        """取文字。"""
        if default is not None and key not in self._data:
            return default
        value = self._take(key)
        if isinstance(value, str):
            return value
        self._wrong(key, value, f"应是文字，现为 {value!r}")
        return ""

    def member(self, key: str, allowed: Sequence[str]) -> str:
        """取几个写法之一。"""
        value = self.text(key)
        if value not in allowed:
            if isinstance(self._data.get(key), str):
                self.fault(key, f"“{value}”不在可用的 {'、'.join(allowed)} 之内")
            return allowed[0]
        return value

    def origin(self, key: str = "origin") -> str:
        """取来源；必须写明是文号、报告、重建还是假设。"""
        value = self.text(key)
        sound = value.startswith(ORIGINS) and value not in ORIGINS
        if not sound and isinstance(self._data.get(key), str):
            self.fault(key, f"来源要以{'、'.join(ORIGINS)}之一开头并写出内容，现为“{value}”")
        return value

    def number(self, key: str) -> Decimal:
        """取数。"""
        return self.decimal(key, self._take(key))

    def decimal(self, key: str, value: object) -> Decimal:
        """某个键下的值要是有限的数。"""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._wrong(key, value, f"应是数，现为 {value!r}")
            return Decimal(0)
        number = Decimal(value)
        if not number.is_finite():
            self.fault(key, f"应是有限的数，现为 {value}")
            return Decimal(0)
        if number and not -_SMALLEST <= number.adjusted() < _DIGITS:
            self.fault(key, f"太大或太小，Excel 存不准：应在 {_DIGITS} 位以内")
            return Decimal(0)
        return number

    def optional_number(self, key: str) -> Decimal | None:
        """取可以没有的数。"""
        return self.number(key) if self.has(key) else None

    def integer(self, key: str, default: int | None = None) -> int:
        """取整数。"""
        if default is not None and not self.has(key):
            return default
        value = self.number(key)
        if value != value.to_integral_value():
            self.fault(key, f"应是整数，现为 {value}")
        return int(value)

    def flag(self, key: str) -> bool:
        """取是否，缺省为否。"""
        value = self._take(key) if self.has(key) else False
        if not isinstance(value, bool):
            self.fault(key, f"应是 true 或 false，现为 {value!r}")
        return value is True

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """取一列文字。"""
        if optional and key not in self._data:
            return ()
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong(key, value, "应是一列文字")
            return ()
        return tuple(value)

    def table(self, key: str, *, optional: bool = False) -> Table:
        """取下一级的表。"""
        value = {} if optional and not self.has(key) else self._take(key)
        self._seen.add(key)
        path = f"{self.path}.{key}" if self.path else key
        lost = self._lost or value is _ABSENT
        return Table(value, self.file, path, named=self.named, found=self._found, lost=lost)

    def tables(self, key: str, *, optional: bool = False) -> Iterator[Table]:
        """取一列表。"""
        value = [] if optional and not self.has(key) else self._take(key)
        if not isinstance(value, list):
            self._wrong(key, value, "应是一列表")
            return iter(())
        stem = f"{self.path}.{key}" if self.path else key
        return (
            Table(
                item,
                self.file,
                stem,
                named=self.named,
                number=number,
                found=self._found,
                lost=self._lost,
            )
            for number, item in enumerate(value, 1)
        )

    def keys(self) -> tuple[str, ...]:
        """全部的键，依书写次序。"""
        return tuple(self._data)

    def raw(self, key: str) -> object:
        """原样取值，由调用处判断类型。"""
        return self._take(key)

    def done(self) -> None:
        """不许有没用到的键。"""
        for key in self._data:
            if key not in self._seen:
                self.fault(key, "不认识这个键，请核对拼写或删去")
