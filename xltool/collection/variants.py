"""名单上的表种：单位应报哪一种（几种）表；交来的是不是那一种。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.messages import collection as say
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.values import fold, nearest, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xltool.collection.departments import Department
    from xltool.finding import Finding
    from xltool.scheme.model import Scheme


def form_names() -> tuple[str, ...]:
    """全部表种，依方案的次序；各年的同一种表名称相同，只算一种。"""
    return tuple(dict.fromkeys(scheme.variant for scheme in ready_schemes()))


def form_of(text: str) -> str:
    """名单上写的是哪个表种：写表种的名称或方案的标识都可以；认不出为空串。"""
    wanted = fold(text)
    schemes = ready_schemes()
    return next((s.variant for s in schemes if wanted in (fold(s.variant), fold(s.id))), "")


def nearest_form(text: str) -> str:
    """最像的表种；都不像为空串。"""
    return nearest(text, form_names()) or ""


def only_projects(forms: Iterable[str]) -> bool:
    """应报的是不是全是项目的表；没有写表种的不算。"""
    listed = set(forms)
    return bool(listed) and all(s.of_project for s in ready_schemes() if s.variant in listed)


def form_notes(department: Department) -> Iterator[Finding]:
    """交来的表与名单上的表种不同的，各指出一次。

    项目的表可以在部门的表以外另报，名单没有写到项目的表种时不比。
    """
    entry = department.entry
    if entry is None or not entry.forms:
        return
    for member in department.members:
        scheme, _ = ready_scheme(member.summary.scheme)
        if scheme.variant in entry.forms or not _compared(scheme, entry.forms):
            continue
        expected, name = "、".join(entry.forms), quote(department.name)
        note = say.OTHER_FORM.finding(name=name, form=scheme.variant, expected=expected)
        yield note.in_file(member.file)


def older_notes(departments: Sequence[Department]) -> Iterator[Finding]:
    """同一种表收来几个年度的，不是最近一年的各指出一次：名次各排各的，不说就漏过去了。"""
    newest: dict[str, int] = {}
    for department in departments:
        for member in department.members:
            scheme, _ = ready_scheme(member.summary.scheme)
            newest[scheme.variant] = max(newest.get(scheme.variant, 0), scheme.year)
    for department in departments:
        for member in department.members:
            scheme, _ = ready_scheme(member.summary.scheme)
            if scheme.year < newest[scheme.variant]:
                note = say.OLDER_FORM.finding(
                    name=quote(department.name),
                    year=scheme.year,
                    form=scheme.variant,
                    newest=newest[scheme.variant],
                )
                yield note.in_file(member.file)


def _compared(scheme: Scheme, forms: tuple[str, ...]) -> bool:
    known = (one for one in ready_schemes() if one.variant in forms)
    return not scheme.of_project or any(one.of_project for one in known)
