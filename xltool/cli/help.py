"""中文的说明：命令、参数和选项各是什么；不载入任何画面库。"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

from typer.core import TyperCommand, TyperGroup, TyperOption

from xltool.cli.exits import Failure
from xltool.cli.plain_values import read_plainly
from xltool.cli.text import padded
from xltool.sheets.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import typer

GLOBAL_HINT: Final = (
    "全局选项（--json、-q、-v、--no-color、--schemes）写在命令前后都可以，见 xltool --help。"
)

# 这几个选项由命令行的框架自带，说明是英文
_OWN_WORDS: Final = {
    "--help": "看说明",
    "--install-completion": "给当前的命令行环境装上自动补全",
    "--show-completion": "印出自动补全的脚本",
}
_ANYWHERE: Final = re.compile("-q+|-v+|--quiet|--verbose|--json|--no-color")
_WITH_VALUE: Final = "--schemes"
_INDENT: Final = "  "


class ChineseCommand(TyperCommand):
    """用中文写说明的命令。"""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # typer.Context is what Typer passes
        """平常的参数自己读。"""
        read_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # typer.Context is what Typer passes
        """命令的说明。"""
        return help_text(self, ctx)

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override]  # typer.Context is what Typer passes
        """用法的一行。"""
        return usage_line(self, ctx)


class ChineseGroup(TyperGroup):
    """用中文写说明的一组命令；全局选项写在哪里都认。"""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # typer.Context is what Typer passes
        """这组命令的说明。"""
        return help_text(self, ctx)

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override]  # typer.Context is what Typer passes
        """用法的一行。"""
        return usage_line(self, ctx)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # typer.Context is what Typer passes
        """最外层的命令先把全局选项挪到最前面。"""
        read_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args if ctx.parent else hoisted(args))

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | TyperGroup | None:  # type: ignore[override]  # typer.Context is what Typer passes
        """按名字取命令；没有的，说出相近的名字。"""
        found = self.commands.get(cmd_name)
        if found is None and not ctx.resilient_parsing and not cmd_name.startswith("-"):
            near = get_close_matches(cmd_name, self.commands, n=1)
            hint = (
                f"是不是要用 {near[0]}？" if near else f"现有的命令：{'、'.join(self.commands)}。"
            )
            raise Failure(f"没有“{cmd_name}”这个命令。", hint)
        return found  # type: ignore[return-value]  # every command here is one of the two


def hoisted(arguments: Sequence[str]) -> list[str]:
    """全局选项挪到最前面；“--”之后的不动。"""
    stop = arguments.index("--") if "--" in arguments else len(arguments)
    before, after = arguments[:stop], arguments[stop:]
    moved: list[str] = []
    kept: list[str] = []
    items = iter(before)
    for item in items:
        if item == _WITH_VALUE:
            moved += [item, *islice(items, 1)]
        elif _ANYWHERE.fullmatch(item) or item.startswith(f"{_WITH_VALUE}="):
            moved.append(item)
        else:
            kept.append(item)
    return [*moved, *kept, *after]


def usage_line(command: TyperCommand | TyperGroup, context: typer.Context) -> str:
    """用法的一行。"""
    names = [
        f"[{name}]" if not param.required else name
        for param in command.get_params(context)
        if param.param_type_name == "argument" and (name := _metavar(param))
    ]
    tail = ["命令 …"] if isinstance(command, TyperGroup) else names
    return " ".join(["用法：" + context.command_path, "[选项]", *tail])


def help_text(command: TyperCommand | TyperGroup, context: typer.Context) -> str:
    """命令的全部说明。"""
    lines = [usage_line(command, context), ""]
    lines += [f"{_INDENT}{line}".rstrip() for line in (command.help or "").splitlines()]
    params = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    lines += _section("参数", [(_metavar(item), _words(item)) for item in arguments])
    options = [param for param in params if isinstance(param, TyperOption)]
    lines += _section("选项", [(_option_name(item), _words(item)) for item in options])
    if isinstance(command, TyperGroup):
        rows = [
            (name, (item.help or "").strip().partition("\n")[0])
            for name, item in command.commands.items()
        ]
        lines += _section("命令", rows)
    if context.parent is not None:
        lines += ["", GLOBAL_HINT]
    return "\n".join(lines)


def _section(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if not rows:
        return
    width = max(display_width(name) for name, _ in rows)
    yield ""
    yield f"{title}："
    for name, words in rows:
        yield f"{_INDENT}{padded(name, width)}{_INDENT}{words}".rstrip()


def _option_name(option: TyperOption) -> str:
    name = ", ".join(sorted([*option.opts, *option.secondary_opts], key=len))
    return name if option.is_flag or option.count else f"{name} {_metavar(option)}"


def _metavar(param: object) -> str:
    metavar = getattr(param, "metavar", None) or getattr(param, "name", "")
    return f"{metavar}"


def _words(param: object) -> str:
    """一个参数的说明；必填的标出来。"""
    names = getattr(param, "opts", ())
    words = next((_OWN_WORDS[name] for name in names if name in _OWN_WORDS), None)
    if words is None:
        words = getattr(param, "help", None) or ""
    required = isinstance(param, TyperOption) and param.required
    return f"{words}〔必填〕" if required else words
