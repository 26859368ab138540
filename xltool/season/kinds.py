"""各种设置怎样读：一格的文字变成值，读不懂的为空。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from xltool.messages import season as say
from xltool.scheme.sources import SUFFIX
from xltool.scoring.catalogue import offered_schemes
from xltool.sheets.plan import NumberFormat
from xltool.values import fold, plain, read_date, read_decimal, read_percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from xltool.collection.basis import OnDuplicate
    from xltool.finding import Message

T = TypeVar("T")

_MAILBOX: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE: Final = re.compile(r"(?=(.*[0-9]){5})[0-9()（）+\-－—、,，;；/ 转]+")
_SIGNED: Final = re.compile("[%％成]")
_WHOLE: Final = 100
_MOST: Final = 9999
_QUOTES: Final = "\"“”'"
_BREAKS: Final = re.compile("[、，,；;]")


def _no_options() -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T]):
    """一种设置：应填什么、怎样读、空着时的值；有列表的给出列表。

    `read` 由文字和名单所在的文件夹得出值，读不懂的为空；`written` 由值写回文字。
    """

    expected: str
    read: Callable[[str, Path], T | None]
    blank: T
    fault: Message = say.BAD_VALUE
    options: Callable[[], Sequence[str]] = _no_options
    several: bool = False
    number: NumberFormat = NumberFormat.TEXT
    written: Callable[[T], str] = str

    def value(self, text: str, home: Path) -> T | None:
        """读出的值；系统不认的位置（名字太长、“~”后面没有这个人）也是读不懂。"""
        try:
            return self.read(text, home)
        except (OSError, RuntimeError):
            return None


def _date(text: str, _home: Path) -> date | None:
    return read_date(text).value


def _schemes(text: str, _home: Path) -> tuple[str, ...] | None:
    """方案的标识；写的是表种，又只有一个方案是这种表，也认。"""
    found: list[str] = []
    for word in filter(None, map(str.strip, _BREAKS.split(text))):
        exact = [one.id for one in offered_schemes() if fold(one.id) == fold(word)]
        named = exact or [one.id for one in offered_schemes() if fold(one.variant) == fold(word)]
        if len(named) != 1:
            return None
        found += named
    return tuple(dict.fromkeys(found))


def scheme_ids() -> tuple[str, ...]:
    """全部方案的标识。"""
    return tuple(scheme.id for scheme in offered_schemes())


def placed(text: str, home: Path) -> Path:
    """写在格里的位置；从资源管理器复制来的带引号，斜杠两种都认。"""
    bare = text.strip().strip(_QUOTES)
    return home / Path(bare if Path(bare).is_absolute() else bare.replace("\\", "/")).expanduser()


def _existing(text: str, home: Path) -> Path | None:
    path = placed(text, home)
    return path if path.exists() else None


def _scheme_files(text: str, home: Path) -> Path | None:
    path = placed(text, home)
    found = path.glob(f"*{SUFFIX}") if path.is_dir() else (path,)
    return path if any(one.suffix == SUFFIX and one.is_file() for one in found) else None


def _folder(text: str, home: Path) -> Path | None:
    path = placed(text, home)
    return None if path.is_file() else path


def _book(text: str, home: Path) -> Path | None:
    path = placed(text, home)
    return path if path.suffix.lower() == ".xlsx" and not path.is_dir() else None


def _text(text: str, _home: Path) -> str:
    return text


def _mailbox(text: str, _home: Path) -> str | None:
    return text if _MAILBOX.fullmatch(text) else None


def _phone(text: str, _home: Path) -> str | None:
    return text if _PHONE.fullmatch(text) else None


def _count(text: str, _home: Path) -> int | None:
    number = read_decimal(text).value
    whole = number is not None and number == number.to_integral_value()
    return int(number) if number is not None and whole and 0 <= number <= _MOST else None


def _share(text: str, _home: Path) -> Decimal | None:
    """70%、70、0.7 都是七成：没有写“%”、不大于 1 的是比率。"""
    number = read_percent(text).value
    if number is None or not 0 <= number <= _WHOLE:
        return None
    return number if number <= 1 and not _SIGNED.search(text) else number / _WHOLE


_DUPLICATES: Final[dict[str, OnDuplicate]] = {"逐个确认": "ask", "取填报日期最晚的": "latest"}


def _duplicates(text: str, _home: Path) -> OnDuplicate | None:
    return duplicates_named(text)


def duplicates_named(text: str) -> OnDuplicate | None:
    """这样说的是怎样办；不认得的为空。"""
    return {fold(word): policy for word, policy in _DUPLICATES.items()}.get(fold(text))


def duplicates_word(policy: OnDuplicate) -> str:
    """一个单位有几份时怎么办，给人看的说法。"""
    return next(word for word, known in _DUPLICATES.items() if known == policy)


DAY: Final[Kind[date | None]] = Kind(
    expected="日期，如 2025-4-30", read=_date, blank=None, number=NumberFormat.DATE
)
SCHEMES: Final[Kind[tuple[str, ...]]] = Kind(
    expected="“选项”里列出的方案，几个用顿号隔开",
    read=_schemes,
    blank=(),
    options=scheme_ids,
    several=True,
)
SOURCE: Final[Kind[Path | None]] = Kind(
    expected="文件或文件夹的名称", read=_existing, blank=None, fault=say.NO_SUCH_PATH
)
SCHEME_FILES: Final[Kind[Path | None]] = Kind(
    expected=f"方案文件 {SUFFIX}，或放它们的文件夹", read=_scheme_files, blank=None
)
FOLDER: Final[Kind[Path]] = Kind(expected="文件夹的名称", read=_folder, blank=Path())
BOOK: Final[Kind[Path]] = Kind(expected="以 .xlsx 结尾的文件名", read=_book, blank=Path())
TEXT: Final[Kind[str]] = Kind(expected="文字", read=_text, blank="")
MAILBOX: Final[Kind[str]] = Kind(
    expected="电子邮箱，如 jixiao@example.gov.cn", read=_mailbox, blank=""
)
PHONE: Final[Kind[str]] = Kind(expected="电话号码，如 0750-1234567", read=_phone, blank="")
COUNT: Final[Kind[int]] = Kind(expected="整数，如 10", read=_count, blank=0)
SHARE: Final[Kind[Decimal]] = Kind(
    expected="百分数，如 70%",
    read=_share,
    blank=Decimal(0),
    written=lambda share: f"{plain(share * _WHOLE)}%",
)
DUPLICATES: Final[Kind[OnDuplicate]] = Kind(
    expected=f"{'、'.join(_DUPLICATES)} 之一",
    read=_duplicates,
    blank="ask",
    options=lambda: tuple(_DUPLICATES),
)
