"""方案文件的文字：写出的样子固定，照 TOML 读回来一个字、一位数也不差。"""

from __future__ import annotations

import random
import tomllib
from decimal import Decimal

import pytest

from xltool.scheme.writing import scheme_toml

HEADING = ("说明", "又一行")
ODD = "ab\"\\\n\r\t\b\f\x1b\x7f\x00中𠮷 \u0085\u2028=[]{}#'-_."


def test_the_form_of_the_text() -> None:
    wide = ["宽" * 50, "x" * 40]
    data = {
        "scheme": {"id": "a", "words": ["甲", "乙"], "wide": wide, "none": []},
        "grades": [
            {"name": "优", "minimum": Decimal(90)},
            {"name": "良", "minimum": Decimal("0.50")},
        ],
        "parameters": {"p": {"value": Decimal(10) ** 20}, "不裸": {"on": True}},
        "sheets": [{"key": "s", "fields": [{"key": "f", "tiers": [1, 2]}]}],
        "allocation": {"cases": [{"when": "x"}], "by": "y"},
    }
    rule = "# " + "-" * 64
    assert (
        scheme_toml(data, HEADING)
        == f"""\
# 说明
# 又一行

[scheme]
id = "a"
words = ["甲", "乙"]
wide = [
    "{"宽" * 50}",
    "{"x" * 40}",
]
none = []

{rule} 等级

[[grades]]
name = "优"
minimum = 90

[[grades]]
name = "良"
minimum = 0.5

{rule} 共用参数

[parameters.p]
value = 100000000000000000000.0

[parameters."不裸"]
on = true

{rule} 表和填报项

[[sheets]]
key = "s"
fields = [
    {{key = "f", tiers = [1, 2]}},
]

{rule} 分值的分法

[allocation]
by = "y"

[[allocation.cases]]
when = "x"
"""
    )


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_written_is_read_back(seed: int) -> None:
    """键和文字里有引号、换行、控制字符，数很长、很大，列和表一层套一层。"""
    chance = random.Random(seed)  # noqa: S311 - contents, not secrets

    def text() -> str:
        return "".join(chance.choices(ODD, k=chance.choice((0, 1, 3, 90))))

    def value(depth: int = 0) -> object:
        number = Decimal(chance.randrange(-(10**25), 10**25)).scaleb(chance.randrange(-30, 3))
        plain = (text(), number, chance.randrange(-9, 9), chance.random() > 0.5)
        if depth > 2 or chance.random() > 0.4:
            return chance.choice(plain)
        inner = [value(depth + 1) for _ in range(chance.randrange(4))]
        return inner if chance.random() > 0.5 else {text(): one for one in inner}

    def table() -> dict[str, object]:
        return {text(): value() for _ in range(chance.randrange(1, 6))}

    data = {
        "scheme": table(),
        "parameters": {text(): table() for _ in range(3)},
        "flags": {},
        "options": [],
        "sheets": [table(), table()],
        "allocation": table() | {"cases": [table(), table()]},
    }
    assert tomllib.loads(scheme_toml(data, HEADING), parse_float=Decimal) == data


def test_what_a_scheme_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        scheme_toml({"scheme": {"id": b"x"}}, HEADING)
