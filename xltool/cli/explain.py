"""xltool explain：一条规则的说明。"""

import re
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.cli.console import Console
    from xltool.finding import Message
    from xltool.flags.rule import Rule
    from xltool.scheme.model import Scheme

_BLANK: Final = re.compile(r"\{[a-z_]+\}")


def _codes(incomplete: str) -> list[str]:
    """自动补全：疑点规则的编码。"""
    from xltool.flags.registry import rules

    return [rule.code for rule in rules() if rule.code.startswith(incomplete.upper())]


def explain(
    context: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(metavar="编码", help="如 K02、R107；不给就列出全部", autocompletion=_codes),
    ] = None,
    scheme_id: Annotated[
        str | None,
        typer.Option("--scheme", metavar="方案", help="界限和叫法照哪个方案，默认用得着的里最全的"),
    ] = None,
) -> None:
    """解释一个编码：为什么查、界限、依据、怎么办、例子；不带编码则列出全部疑点规则。"""
    from xltool.flags.registry import rules
    from xltool.scoring.catalogue import offered_schemes, ready_scheme

    console = console_of(context)
    schemes = (ready_scheme(scheme_id)[0],) if scheme_id else offered_schemes()
    if code is None:
        _list_rules(console, schemes)
        return
    rule = next((item for item in rules() if item.code == code.upper()), None)
    if rule is not None:
        _show_rule(console, rule, schemes)
        return
    message = next((item for item in _messages() if item.code == code.upper()), None)
    if message is None:
        raise Failure(f"没有“{code}”这个编码。", _instead(code))
    _show_message(console, message)


def _instead(code: str) -> str:
    """想写的多半是哪一个。"""
    from xltool.flags.registry import rules
    from xltool.values import nearest

    known = [rule.code for rule in rules()] + [message.code for message in _messages()]
    padded = f"{code[:1]}0{code[1:]}"  # K2 多半是 K02
    near = padded if padded in known else nearest(code, known)
    guess = f"是不是 {near}？" if near else ""
    return f"{guess}xltool explain 列出全部疑点规则。"


def _list_rules(console: "Console", schemes: "tuple[Scheme, ...]") -> None:
    from xltool.cli.documents import SCHEMA, rule_document
    from xltool.cli.text import table
    from xltool.flags.page import levels_of, worded
    from xltool.flags.registry import rules

    used = [(rule, scheme) for rule in rules() if (scheme := _told_as(rule, schemes))]
    rows = [(rule.code, levels_of(rule), worded(rule, scheme).title) for rule, scheme in used]
    console.lines(table(rows))
    pages = [rule_document(rule, scheme) for rule, scheme in used]
    console.document({"schema": SCHEMA, "rules": pages})
    console.note(f"共 {len(used)} 条疑点规则；xltool explain 编码 看一条的说明。")


def _show_rule(console: "Console", rule: "Rule", schemes: "tuple[Scheme, ...]") -> None:
    from xltool.cli.documents import SCHEMA, rule_document
    from xltool.flags.page import rule_page

    scheme = _told_as(rule, schemes)
    if scheme is None:
        raise Failure(
            f"方案 {schemes[0].id} 用不着 {rule.code}：它要看的表或项，这个方案没有。",
            "不带 --scheme 看这条规则的说明。",
        )
    console.lines(rule_page(rule, scheme).splitlines())
    console.document({"schema": SCHEMA, "rules": [rule_document(rule, scheme)]})


def _told_as(rule: "Rule", schemes: "tuple[Scheme, ...]") -> "Scheme | None":
    """照哪个方案说：用得着的里最全的；几个方案都用不着的，没有的项照约定的说法。"""
    from xltool.flags.registry import scheme_of

    every = len(schemes) > 1
    return scheme_of(rule, schemes) or (schemes[0] if every else None)


def _show_message(console: "Console", message: "Message") -> None:
    """版式、填报、汇总的编码没有单独的规则页，只有固定的说法。"""
    from xltool.cli.documents import SCHEMA

    console.lines(
        (
            f"{message.code}（{message.severity.label}）",
            "",
            "说法",
            f"  {_readable(message.sentence)}",
            "",
            "怎么办",
            f"  {_readable(message.remedy)}",
        )
    )
    page = {
        "code": message.code,
        "severity": message.severity.value,
        "message": message.sentence,
        "remedy": message.remedy,
    }
    console.document({"schema": SCHEMA, "messages": [page]})


def _readable(sentence: str) -> str:
    """句子里临时填入的地方写成省略号；整句都是填入的，没有一定的说法。"""
    shown = _BLANK.sub("…", sentence)
    return "随情况而定，见报出来的那一条。" if shown == "…" else shown


def _messages() -> "Iterator[Message]":
    """各族的固定说法。"""
    from importlib import import_module
    from pkgutil import iter_modules

    import xltool.messages as package
    from xltool.finding import Message

    for module in iter_modules(package.__path__):
        values = vars(import_module(f"{package.__name__}.{module.name}")).values()
        yield from (value for value in values if isinstance(value, Message))
