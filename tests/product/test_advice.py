"""给填表的人看的话：不教人挪目标、挪数凑分；规则的编码不与格的地址、各项的编码相混。"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

from xltool import messages
from xltool.finding import Message
from xltool.flags.page import worded
from xltool.flags.registry import rules, rules_for
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.scoring.catalogue import offered_schemes
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme

_VALUE = "(?:预期值|指标值|年度目标|目标值?|实现值|实际完成值|自评得分|自评分数?|得分|完成率)"
_UP_OR_DOWN = "(?:高|低|大|小|多|少)"
# 目标定低些、把实现值改大、自评得分不要高于……、调低预期值：都是教人凑分
GAMING = re.compile(
    rf"{_VALUE}(?:可以|应当?|要|不要|不妨)?(?:再)?[定设填写改调压提](?:得|成)?{_UP_OR_DOWN}"
    rf"|[把将]{_VALUE}[^，。；]{{0,4}}[定设改调压提](?:得|成)?{_UP_OR_DOWN}"
    rf"|(?:调高|调低|压低|抬高|提高|降低){_VALUE}"
)
# 前面没有“规则”两个字的规则编码；格的地址在第几行，最多是三个字母接数
BARE = re.compile(r"(?<![A-Za-z0-9则])[ACEIKQSX][0-9]{2}(?![0-9])")

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_HEADED = "“编码”一栏"  # 上面有“编码”表头的，只写编码


@cache
def told() -> tuple[tuple[str, str], ...]:
    """固定的说法、各条规则的办法、报送表上印的和提示的；各是哪里的。"""
    return tuple({text: where for where, text in _told()}.items())


def _told() -> Iterator[tuple[str, str]]:
    for module in iter_modules(messages.__path__):
        for name, value in vars(import_module(f"xltool.messages.{module.name}")).items():
            if isinstance(value, Message):
                yield f"{module.name}.{name}", f"{value.sentence}。{value.remedy}"
    for scheme in offered_schemes():
        yield from ((f"{scheme.id} {one.code}", worded(one, scheme).remedy)
                    for one in rules_for(scheme))  # fmt: skip
        yield from _of_form(scheme)


def _of_form(scheme: Scheme) -> Iterator[tuple[str, str]]:
    for sheet in form_plan(make_form(scheme, {}, derive=True)).sheets:
        if sheet.hidden:
            continue
        for rule in sheet.validations:
            yield f"{sheet.name} {rule.area.a1}", f"{rule.prompt}。{rule.error}"
        for cell in sheet.every_cell():
            if cell.at.col in sheet.hidden_columns:
                continue
            where, content = f"{sheet.name} {cell.at.a1}", cell.content
            if isinstance(content, Formula):  # 公式里的话，如自查
                yield from ((where, said) for said in _QUOTED.findall(content.text))
            elif isinstance(content, str):
                yield where, content


def test_nothing_teaches_to_move_a_target_or_a_figure() -> None:
    assert len(told()) > 1000
    found = [(where, text) for text, where in told() if GAMING.search(text)]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "下年度目标定低些",
        "预期值可以再定得低一点",
        "把实现值改大",
        "调低预期值",
        "自评得分应写高",
    ],
)
def test_the_pattern_knows_what_teaches(text: str) -> None:
    assert GAMING.search(text)
    assert not GAMING.search("属实的写明偏差原因，下年度据实申报目标；自评得分低于分值的，写明原因")


def test_a_rule_is_never_named_like_a_cell() -> None:
    """表上各项的编码（A01）单独占一格，自查和办法里提到规则都带“规则”两个字。"""
    codes = {rule.code for rule in rules()}
    assert BARE.search("见K05")
    assert not BARE.search("见规则K05")
    found = [
        (where, text)
        for text, where in told()
        if (named := BARE.search(text))
        and named[0] in codes
        and text != named[0]
        and _HEADED not in text
    ]
    assert not found
