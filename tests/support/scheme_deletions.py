"""从一个方案里一次删去一样：一张表、一项、一栏、一个选项表、一个选项、一个参数、一条勾稽。"""

from __future__ import annotations

from copy import copy, deepcopy
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from unittest.mock import patch

from xltool.scheme.build import _indicator, build_scheme, read_options
from xltool.scheme.contract.defaults import with_own_lists
from xltool.scheme.loader import scheme_content
from xltool.scheme.model import Indicator, Parameter, Sheet
from xltool.scheme.options import OptionList
from xltool.scheme.reader import Table
from xltool.scheme.sheets import read_sheet
from xltool.scheme.sources import shipped_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from xltool.scheme.model import Scheme

Data = dict[str, Any]
FREED = "（连同提到它的）"
_ROWS = 2  # 记录表只留两行，写得快；删什么与行数无关


Path = tuple[Any, ...]


class Variant(NamedTuple):
    """删去了一样的方案；`name` 是删去的是什么，如 sheets.form.self_score，`path` 是它在哪里。"""

    base: str
    name: str
    data: Data
    path: Path

    def build(self) -> Scheme:
        """造成方案，不核对。

        Raises:
            SchemeProblem: 读不成方案。
        """
        table = Table(with_own_lists(self.data), f"{self.base}.toml", "", named=True)
        with (
            patch("xltool.scheme.build.read_sheet", _read_sheet),
            patch("xltool.scheme.build.read_options", _read_options),
            patch("xltool.scheme.build._indicator", _read_indicator),
        ):
            return build_scheme(table)


Part = TypeVar("Part", Sheet, OptionList, tuple[Indicator, tuple[Parameter, ...]])
Rest = ParamSpec("Rest")


def _once(
    read: Callable[Concatenate[Table, Rest], Part], named: Callable[[Data], object]
) -> Callable[Concatenate[Table, Rest], Part]:
    """同一份数据只读一遍：各个删法除了删的那一样，别的表、选项表、指标仍是同一份。"""
    known: dict[object, tuple[Data, Part]] = {}  # 连同数据记着，它的编号不会给了别的

    def shared(table: Table, *rest: Rest.args, **named_rest: Rest.kwargs) -> Part:
        place = named(table._data), rest
        if place in known:
            return known[place][1]
        before = len(table._found)
        part = read(table, *rest, **named_rest)
        if len(table._found) == before:  # 有毛病的不记，下一次还要说
            known[place] = table._data, part
        return part

    return shared


def _list_name(data: Data) -> object:
    """补选项表时表本身是抄了一遍的，里面的各项还是同一份。"""
    return *((key, one) for key, one in data.items() if key != "options"), id(data.get("options"))


_read_sheet, _read_options = _once(read_sheet, id), _once(read_options, _list_name)
_read_indicator = _once(_indicator, id)


def content(base: str) -> Data:
    """一个随程序带的方案的全部内容，标识换过，行数少些。"""
    data = deepcopy(scheme_content(shipped_text(base), f"{base}.toml").data)
    for sheet in data["sheets"]:
        if sheet.get("capacity"):
            sheet["capacity"] = _ROWS
    return data


def deletions(base: str) -> Iterator[Variant]:
    """逐样删去的各个方案。"""
    whole = content(base)
    for number, (name, path) in enumerate(_paths(whole)):
        data = whole | {"scheme": whole["scheme"] | {"id": f"x-{base}-{number}"}}
        _delete(data, path)
        yield Variant(base, name, data, path)


def _delete(data: Data, path: Path) -> None:
    """删去一样；只抄一路上经过的，别处仍是同一份。"""
    holder: Any = data
    for step in path[:-1]:
        holder[step] = copy(holder[step])
        holder = holder[step]
    del holder[path[-1]]


def together(variants: Sequence[Variant]) -> Variant:
    """几样一起删去；有一样要连同提到它的地方才删得去的，都连同。"""
    first = variants[0]
    data = content(first.base)
    data["scheme"]["id"] = f"{first.data['scheme']['id']}-{len(variants)}"
    for path in sorted((one.path for one in variants), reverse=True):  # 先删后面的，位置才不变
        _delete(data, path)
    joint = Variant(first.base, "、".join(one.name for one in variants), data, ())
    return freed(joint) if any(one.name.endswith(FREED) for one in variants) else joint


def table_of(variant: Variant) -> str:
    """删去的与哪张表有关：项和栏是自己的表，选项是唯一用它的表，别的是它自己那一节。"""
    kind, key, *_ = (*variant.name.removesuffix(FREED).split("."), "")
    if kind == "sheets":
        return key
    users = {
        sheet["key"]
        for sheet in variant.data["sheets"]
        for field in sheet["fields"]
        if key in {field.get("options"), *field.get("options_by", {}).values()}
    }
    return users.pop() if kind == "options" and len(users) == 1 else f"{kind}.{key}"


def _paths(data: Data) -> Iterator[tuple[str, Path]]:
    for place, sheet in enumerate(data["sheets"]):
        stem = f"sheets.{sheet['key']}"
        yield stem, ("sheets", place)
        for part in ("fields", "extras"):
            for number, field in enumerate(sheet.get(part, ())):
                yield f"{stem}.{field['key']}", ("sheets", place, part, number)
    for place, options in enumerate(data["options"]):
        stem = f"options.{options['key']}"
        yield stem, ("options", place)
        for number, option in enumerate(options["options"]):
            yield f"{stem}.{option['key']}", ("options", place, "options", number)
    for key in data["parameters"]:
        yield f"parameters.{key}", ("parameters", key)
    for place, check in enumerate(data.get("checks", ())):
        yield f"checks.{check['rule']}", ("checks", place)


def freed(variant: Variant) -> Variant:
    """再删去方案里提到它的地方：必要的项、勾稽、自动计算的项、下级列表；计分要它的，换一种办法。"""
    data = deepcopy(variant.data)
    data["scheme"]["id"] += "-freed"
    while _trim(data):
        pass
    return variant._replace(name=f"{variant.name}{FREED}", data=data)


def _trim(data: Data) -> bool:
    """去掉一处指到没有的项的；没有可去的为假。"""
    fields = {f"{s['key']}.{f['key']}": f for s in data["sheets"] for f in s["fields"]}
    lists = {one["key"]: one for one in data["options"]}
    head = data["scheme"]
    for name in head["essential"]:
        if name not in fields:
            head["essential"].remove(name)
            return True
    for check in data.get("checks", ()):
        if not {check["total"], *check["plus"], *check.get("minus", ())} <= fields.keys():
            data["checks"].remove(check)
            return True
    for sheet in data["sheets"]:
        for field in sheet["fields"]:
            if _broken(sheet, field, fields):
                sheet["fields"].remove(field)
                return True
            if _fewer(field, fields, lists, sheet):
                return True
    return _rescored(data, fields, lists)


def _broken(sheet: Data, field: Data, fields: Data) -> bool:
    """自动计算而取不到数的。"""
    computation = field.get("computation", {})
    names = [*computation.get("inputs", ()), *filter(None, [computation.get("fallback")])]
    full = [name if "." in name else f"{sheet['key']}.{name}" for name in names]
    if computation.get("kind") in ("completion", "factor"):
        wanted = ("expected", "actual", "operator", "unit", "level2", "tier")
        full += [f"{sheet['key']}.{name}" for name in wanted]
    if computation.get("kind") == "earned":
        full += [f"{sheet['key']}.{name}" for name in ("points", "factor")]
    return not set(full) <= fields.keys()


def _fewer(field: Data, fields: Data, lists: Data, sheet: Data) -> bool:
    """下拉列表没有了的成为文字；二级的列表少了一级的，去掉那一级。"""
    if field.get("options") and field["options"] not in lists:
        del field["options"]
        field["kind"] = "text"
        return True
    by = field.get("options_by", {})
    parent = fields.get(f"{sheet['key']}.{field.get('depends', '')}", {})
    words = {one["value"] for one in lists.get(parent.get("options"), {}).get("options", ())}
    for word, name in by.items():
        if word not in words or name not in lists:
            del by[word]
            if not by:
                field["kind"] = "text"
                field.pop("depends", None)
            return True
    return False


_PLAIN = ("integer", "number", "money")


def _rescored(data: Data, fields: Data, lists: Data) -> bool:
    """取不到数的指标，改按别的两项之比计分。"""
    known = {*fields, *(f"{k}.{o['key']}" for k, one in lists.items() for o in one["options"])}
    items = [
        f"{sheet['key']}.{field['key']}"
        for sheet in data["sheets"]
        if sheet["kind"] == "fields"
        for field in sheet["fields"]
        if field["kind"] in _PLAIN and "computation" not in field
    ]
    for indicator in data["indicators"]:
        method = indicator["method"]
        if _known(method["inputs"], known):
            continue
        if len(items) < 3:
            return False
        indicator["method"] = {
            "name": "proportional",
            "inputs": {"numerator": items[-1], "denominator": items[-2]},
            "parameters": {"when_zero": 0},
            "origin": "假设：删去了原来要看的",
        }
        return True
    return False


def _known(inputs: Data, known: set[str]) -> bool:
    if "sheet" in inputs:
        return f"{inputs['sheet']}.{inputs['column']}" in known
    if "where" in inputs:
        return {f"indicators.{inputs['where']}", inputs["equals"], "indicators.factor"} <= known
    listed = [one if isinstance(one, list) else [one] for one in inputs.values()]
    return all(name in known for names in listed for name in names if "." in name)
