"""用法上的错：框架的英文说法换成中文。"""

from __future__ import annotations

import re
from typing import Final

from xltool.cli.exits import Failure

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_EXTRA: Final = re.compile(r"extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)


def usage_failure(error: Exception) -> Failure:
    """用法错的中文说法；办法里给出用法和怎样看说明。"""
    context = getattr(error, "ctx", None)
    remedy = ""
    if context is not None:
        usage = context.command.get_usage(context).removeprefix("用法：")
        remedy = f"写法是 {usage}；看说明：{context.command_path} --help"
    return Failure(_sentence(error), remedy)


def _sentence(error: Exception) -> str:
    """错在哪里，按框架里的种类说；框架自己的中文说法照用。"""
    message = str(getattr(error, "message", error))
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "MissingParameter":
            kind = "选项" if _kind(error) == "option" else "参数"
            return f"缺少{kind} {_parameter(error)}。"
        case "NoSuchOption":
            near = getattr(error, "possibilities", None) or ()
            hint = f"是不是要用 {'、'.join(sorted(near))}？" if near else ""
            return f"没有 {option} 这个选项。{hint}"
        case "BadOptionUsage":
            return f"选项 {option} 的用法不对：要带值的须有值，开关不能带值。"
        case "BadParameter":
            return f"{_parameter(error)} 的值不对：{_reason(message)}。"
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
