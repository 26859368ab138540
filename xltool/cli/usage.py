"""用法上的错：框架的英文说法换成中文。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.cli.exits import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_EXTRA: Final = re.compile(r"extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)


def usage_failure(error: Exception) -> Failure:
    """用法错的中文说法；办法里给出用法和怎样看说明。"""
    context = getattr(error, "ctx", None)
    remedy = ""
    if context is not None:
        usage = context.command.get_usage(context).removeprefix("用法：")
        remedy = f"写法是 {usage}；看说明：{context.command_path} --help"
    speak = _SPEAKERS.get(type(error).__name__, _other)
    return Failure(speak(error), remedy)


def _missing(error: Exception) -> str:
    kind = "选项" if _kind(error) == "option" else "参数"
    return f"缺少{kind} {_parameter(error)}。"


def _no_option(error: Exception) -> str:
    near = getattr(error, "possibilities", None) or ()
    hint = f"是不是要用 {'、'.join(sorted(near))}？" if near else ""
    return f"没有 {getattr(error, 'option_name', '')} 这个选项。{hint}"


def _no_value(error: Exception) -> str:
    return f"选项 {getattr(error, 'option_name', '')} 的用法不对：要带值的须有值，开关不能带值。"


def _bad_value(error: Exception) -> str:
    return f"{_parameter(error)} 的值不对：{_reason(_message(error))}。"


def _other(error: Exception) -> str:
    message = _message(error)
    extra = _EXTRA.search(message)
    if extra:
        return f"多出的参数：{extra[1]}。"
    return message if _CHINESE.search(message) else f"用法不对（{message}）。"


def _reason(message: str) -> str:
    if _CHINESE.search(message):
        return message.removesuffix("。")
    if any(word in message for word in ("range", "greater", "less")):
        return "超出范围"
    return "应是整数" if "int" in message else message


def _message(error: Exception) -> str:
    return str(getattr(error, "message", error))


def _kind(error: Exception) -> str:
    return str(getattr(getattr(error, "param", None), "param_type_name", ""))


def _parameter(error: Exception) -> str:
    """出错的参数给人看的名字。"""
    param = getattr(error, "param", None)
    if param is None:
        return str(getattr(error, "param_hint", None) or "参数")
    names = getattr(param, "opts", ())
    if _kind(error) == "option" and names:
        return " / ".join(names)
    return str(getattr(param, "metavar", None) or getattr(param, "name", ""))


_SPEAKERS: Final[dict[str, Callable[[Exception], str]]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _no_value,
    "BadParameter": _bad_value,
}
