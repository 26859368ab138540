"""README 和 docs/ 里由程序生成的几段：命令、方案、规则、上限。更新：make regenerate。"""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from dataclasses import fields
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from xltool import messages
from xltool.cli.prefilled import blank_form
from xltool.cli.run import run
from xltool.finding import Message
from xltool.flags.page import levels_of, worded
from xltool.flags.registry import rules, rules_for, scheme_of
from xltool.messages.files import LIMIT_WORDS
from xltool.scoring.catalogue import offered_schemes
from xltool.season.register import SETTINGS
from xltool.xlsx.limits import Limits, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Rule

COMMANDS = (
    (),
    ("init",),
    ("template",),
    ("check",),
    ("claims",),
    ("score",),
    ("collect",),
    ("return",),
    ("merge-review",),
    ("migrate",),
    ("verify",),
    ("report",),
    ("export",),
    ("read",),
    ("explain",),
    ("scheme",),
    ("scheme", "list"),
    ("scheme", "show"),
    ("scheme", "lint"),
    ("scheme", "export"),
    ("scheme", "import"),
)
_MB = 1024 * 1024
_FAR = 15  # 隔这么多号的，不是接着编的
_WORDS = {"ratio": "压缩比（解压后不足 1 MB 的部件不查）", "ratio_grace": ""}


def commands() -> str:
    """每个命令的说明，与 --help 一字不差。"""
    return "\n".join(_commands())


def _commands() -> Iterator[str]:
    for words in COMMANDS:
        name = " ".join(("xltool", *words))
        yield f"\n### {name}\n\n```text\n{help_of(*words)}\n```"


def help_of(*words: str) -> str:
    """某个命令的 --help。"""
    out = io.StringIO()
    with redirect_stdout(out):
        run([*words, "--help"])
    return out.getvalue().rstrip("\n")


def schemes() -> str:
    """随程序带的方案。"""
    lines = ["", "| 标识 | 版本 | 表种 | 名称 |", "|---|---|---|---|"]
    lines += [
        f"| `{item.id}` | {item.version} | {item.variant} | {item.title} |"
        for item in offered_schemes()
    ]
    return "\n".join([*lines, "", ""])


def templates() -> str:
    """随程序带的方案各自的空白模板。"""
    lines = ["", "| 文件 | 方案 | 名称 | 谁填 |", "|---|---|---|---|"]
    for item in offered_schemes():
        whose = "一个项目一份" if item.of_project else "一个部门一份"
        lines.append(f"| `{blank_form(item).file}` | `{item.id}` | {item.title} | {whose} |")
    return "\n".join([*lines, "", ""])


def settings() -> str:
    """名单工作簿里的各项设置。"""
    lines = ["", "| 设置 | 填什么 | 空着 | 命令上另写 |", "|---|---|---|---|"]
    for one in SETTINGS:
        blank = f"`{one.default}`" if one.default else ""
        blank += f"（{one.origin}）" if one.origin else ""
        option = f"`{one.option}`" if one.option else ""
        lines.append(f"| {one.label} | {one.help} | {blank} | {option} |")
    return "\n".join([*lines, "", ""])


def flag_rules() -> str:
    """全部疑点规则：编码、级别、名称，用于哪几种表。"""
    lines = ["", "| 编码 | 级别 | 名称 | 用于 |", "|---|---|---|---|"]
    schemes = offered_schemes()
    for rule in rules():
        scheme = scheme_of(rule, schemes)
        title = worded(rule, scheme).title if scheme else rule.title
        lines.append(f"| {rule.code} | {levels_of(rule)} | {title} | {_used_on(rule)} |")
    return "\n".join([*lines, "", ""])


def _used_on(rule: Rule) -> str:
    """用于哪几种表；都用的不一一列出。"""
    schemes = offered_schemes()
    used = [scheme for scheme in schemes if rule in rules_for(scheme)]
    if len(used) == len(schemes):
        return "各种表"
    if used == [scheme for scheme in schemes if not scheme.of_project]:
        return "部门的表"
    return "、".join(scheme.variant for scheme in used) or "自己的方案"


def message_families() -> str:
    """疑点以外的各族编码：从几号到几号、说什么；照各文件的第一行。"""
    rows = []
    for module in iter_modules(messages.__path__):
        found = import_module(f"{messages.__name__}.{module.name}")
        codes = sorted(one.code for one in vars(found).values() if isinstance(one, Message))
        what = (found.__doc__ or "").partition("：")[2].strip().removesuffix("。")
        rows.append(f"| {_runs(codes)} | {what} |")
    return "\n".join(["", "| 编码 | 说什么 |", "|---|---|", *sorted(rows), "", ""])


def _runs(codes: list[str]) -> str:
    """各段编码从几号到几号；隔得远的是另一段。"""
    runs: list[list[str]] = []
    for code in codes:
        near = runs and code[0] == runs[-1][-1][0] and int(code[1:]) - int(runs[-1][-1][1:]) < _FAR
        if near:
            runs[-1].append(code)
        else:
            runs.append([code])
    return "、".join(run[0] if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)


def limits() -> str:
    """读一份文件的各项上限，和放宽用的环境变量。"""
    lines = ["", "| 上限 | 默认 | 放宽用的环境变量 |", "|---|---:|---|"]
    defaults = Limits()
    for field in fields(Limits):
        word = _WORDS.get(field.name) or LIMIT_WORDS.get(field.name, "")
        if word:
            value = getattr(defaults, field.name)
            shown = f"{value // _MB} MB" if field.name.endswith("_bytes") else f"{value:,}"
            lines.append(f"| {word} | {shown} | `{variable(field.name)}` |")
    return "\n".join([*lines, "", ""])
