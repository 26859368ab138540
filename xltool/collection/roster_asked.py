"""名单的一行要不要报：零报送、免报，批准缓报到哪一天。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.messages import collection as say
from xltool.messages import roster as say_roster
from xltool.values import fold, read_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xltool.finding import Message

_ZERO: Final = ("零报送", "零报告")
_EXEMPT: Final = ("免报", "免报送", "免于报送")
YES: Final = frozenset({"是", "√", "✓", "y", "yes", "1", *_ZERO})
_NO: Final = frozenset({"", "否", "×", "n", "no", "0", "/", "-", "无"})
NO_FORM: Final = frozenset({*_ZERO, *_EXEMPT})  # 写在“表种”里的，不是表种
# 单写着这个词，或其后是标点、括号的才算：“免报送纸质材料”说的是别的
_EXEMPT_REMARK: Final = re.compile(rf"(?:{'|'.join(_EXEMPT)})(?!\w)")
_ZERO_REMARK: Final = re.compile(rf"(?:{'|'.join(_ZERO)})(?!\w)")
_TOLD: Final = re.compile("免报|免于报送|缓报|零报送|零报告")  # 备注里提到的，多半要填在别的栏


class Asked(NamedTuple):
    """一行读得的：零报送、免报、缓报到哪一天；`wrong` 是填得不对的各栏，各说哪一句。"""

    zero: bool
    exempt: bool
    until: date | None
    wrong: tuple[tuple[Message, str], ...]


def asked_of(texts: Mapping[str, str]) -> Asked:
    """由各栏写的得出；零报送、免报、缓报只在备注里提到的不猜，说出来。"""
    zero, own, form, remark = (fold(texts[key]) for key in ("zero", "exempt", "variants", "remark"))
    exempt = own in YES or bool({zero, own, form} & {*_EXEMPT} or _EXEMPT_REMARK.match(remark))
    none = not exempt and (zero in YES or form in _ZERO or bool(_ZERO_REMARK.match(remark)))
    deferred = fold(texts["until"]) not in _NO
    until = read_date(texts["until"]).value if deferred else None
    known = {*YES, *_NO, *_EXEMPT}
    wrong = [(say.ROSTER_ZERO, key) for key in ("zero", "exempt") if fold(texts[key]) not in known]
    if deferred and until is None:
        wrong.append((say_roster.ROSTER_UNTIL, "until"))
    if not (exempt or none or deferred) and _TOLD.search(remark):
        wrong.append((say_roster.ROSTER_REMARK, "remark"))
    return Asked(none, exempt, until, tuple(wrong))
