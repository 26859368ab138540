"""参数、标志参数：各处共用的数和疑点规则的界限，每个都有来源。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.flags.registry import rules, thresholds, thresholds_for
from xltool.scheme.labels import ACTUAL, EXPECTED, GENERAL, Words, in_words, spoken
from xltool.scheme_book.table import Column, Kind, PercentWhen, Table
from xltool.scheme_book.words import ORIGIN_HELP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Parameter, Scheme
    from xltool.scheme.thresholds import Threshold
    from xltool.scheme_book.draft import Data, Draft, ReadRow
    from xltool.scheme_book.table import Row

TITLE: Final = "rule_title"
_REST: Final = (
    Column(key="label", heading="说法", width=46, required=True, help="印在评分参数里。"),
    Column(
        key="value",
        heading="值",
        width=12,
        kind=Kind.NUMBER,
        required=True,
        percent=PercentWhen("unit", "%"),
        help="单位是%的填百分数，如 12.5%。",
    ),
    Column(key="unit", heading="单位", width=8, help="如 %、分、位、万元；没有的空着。"),
    Column(
        key="origin",
        heading="来源",
        width=54,
        kind=Kind.ORIGIN,
        required=True,
        help=f"{ORIGIN_HELP}。",
    ),
)
_KEY: Final = Column(
    key="key",
    heading="标识",
    width=24,
    kind=Kind.KEY,
    required=True,
    fixed=True,
    help="程序用的名字，见帮助；不要自己起。",
)

SHARED: Final = Table(
    key="parameters",
    name="参数",
    title="共用参数",
    note="各处共用的数：满分、位数、大幅超额的界限、定性三档。单位是%的，值填百分数。",
    purpose="改界限、得分比例时改",
    label="label",
    columns=(_KEY, *_REST),
    unique=(("key",),),
)
FLAGS: Final = Table(
    key="flags",
    name="标志参数",
    title="疑点规则的参数",
    note="界限没有改的照规则自己的；规则的说明用 xltool explain 编码 看。单位是%的，值填百分数。",
    purpose="改疑点的界限时改",
    label="label",
    columns=(
        Column(
            key="rule",
            heading="疑点编码",
            width=10,
            kind=Kind.CODE,
            required=True,
            fixed=True,
            help="哪条疑点规则，如 K02。",
        ),
        Column(key=TITLE, heading="疑点规则", width=40, kind=Kind.AUTO),
        _KEY,
        *_REST,
    ),
    unique=(("rule", "key"),),
    blank=True,
)


def shared_rows(scheme: Scheme) -> Iterator[Row]:
    """共用参数。"""
    for key, parameter in scheme.parameters.items():
        if "." not in key:
            yield {"key": key, **_row(parameter)}


def flag_rows(scheme: Scheme) -> Iterator[Row]:
    """疑点的界限，连同规则的名称；方案没有改的也列出。"""
    titles = {rule.code: spoken(scheme, rule.title) for rule in rules()}
    for parameter in thresholds_for(scheme):
        code, _, name = parameter.key.partition(".")
        yield {"rule": code, TITLE: titles[code], "key": name, **_row(parameter)}


def _row(parameter: Parameter) -> Row:
    return {
        "label": parameter.label,
        "value": parameter.value,
        "unit": parameter.unit,
        "origin": parameter.origin,
    }


def fill(draft: Draft) -> None:
    """共用参数和疑点参数。"""
    shared: Data = {}
    for row in draft.rows(SHARED.key):
        key = row.text("key")
        draft.mark_row((f"parameters.{key}",), row, "key")
        shared[key] = _parameter(row)
    draft.mark_head("parameters", SHARED.key, "key")
    draft.data["parameters"] = shared
    _fill_flags(draft)


def _fill_flags(draft: Draft) -> None:
    """疑点的界限：与规则自己的相同的不必写，只写改了的。"""
    words = _words(draft)
    flags: dict[str, Data] = {}
    for code, group in draft.groups(FLAGS.key, "rule").items():
        for row in group:
            key = row.text("key")
            draft.mark_row((f"flags.{code}.{key}", f"{code}.{key}"), row, "key")
            known = thresholds().get(f"{code}.{key}")
            changed = _changed(_parameter(row), known, words) if known else _parameter(row)
            if changed:
                flags.setdefault(code, {})[key] = changed
        draft.mark(f"flags.{code}", group[0].place("rule"))
        draft.mark(code, group[0].place("rule"))
    draft.mark_head("flags", FLAGS.key, "rule")
    if flags:
        draft.data["flags"] = flags


def _words(draft: Draft) -> Words:
    """这种表把预期值、实现值叫作什么。"""
    labels = {
        f"{row.text('sheet')}.{row.text('key')}": row.text("label") for row in draft.rows("fields")
    }
    own = [labels.get(key, "") for key in (EXPECTED, ACTUAL)]
    return Words(*(own if all(own) else GENERAL))


def _changed(written: Data, known: Threshold, words: Words) -> Data:
    """与规则自己的不同的；改了值或来源的，两样都写。"""
    usual = {"label": in_words(words, known.label), "unit": known.unit}
    numbers = {"value": known.value, "origin": known.origin}
    changed = {key: written[key] for key, text in usual.items() if written[key] != text}
    if changed or any(written[key] != one for key, one in numbers.items()):
        return {**changed, **{key: written[key] for key in numbers}}
    return {}


def _parameter(row: ReadRow) -> Data:
    return {
        "label": row.text("label"),
        "value": row.amount("value"),
        "unit": row.text("unit"),
        "origin": row.text("origin"),
    }
