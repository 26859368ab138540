"""另给的方案：--schemes 指到哪里，方案按标识或文件取。"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.exits import Failure

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme
    from xltool.scoring.method import Method


def scheme_names(incomplete: str) -> list[str]:
    """自动补全：方案的标识。"""
    from xltool.scheme.loader import scheme_ids

    return [name for name in scheme_ids() if name.startswith(incomplete)]


SchemeName = Annotated[
    str,
    typer.Argument(
        metavar="方案", help="方案的标识，或方案文件 .toml", autocompletion=scheme_names
    ),
]


def use(places: Iterable[Path]) -> Callable[[], None]:
    """把另给的方案加进环境变量，工作进程也看得到；返回还原的办法。

    Raises:
        Failure: 路径不存在，或里面没有方案文件。
    """
    from xltool.scheme.sources import LOCAL, local_places

    given = [_place(place) for place in places]
    before = os.environ.get(LOCAL)
    if given:
        os.environ[LOCAL] = os.pathsep.join(filter(None, [local_places(), *given]))

    def restore() -> None:
        if before is None:
            os.environ.pop(LOCAL, None)
        else:
            os.environ[LOCAL] = before

    return restore


def _place(place: Path) -> str:
    from xltool.scheme.sources import SUFFIX

    if not place.exists():
        raise Failure(f"找不到“{place}”。", "核对 --schemes 后面的路径。")
    if place.is_dir() and not any(place.glob(f"*{SUFFIX}")):
        raise Failure(f"“{place}”里没有方案文件（{SUFFIX}）。", "核对 --schemes 后面的路径。")
    path = str(place.absolute())
    if os.pathsep in path:
        raise Failure(f"路径“{place}”里有“{os.pathsep}”，不能用。", "给文件或文件夹改个名字。")
    return path


def require_sound() -> None:
    """另给的方案都要能用。

    Raises:
        SchemeProblem: 第一处毛病。
    """
    from xltool.scheme.sources import local_places

    if not local_places():
        return
    from xltool.scheme.loader import load_scheme, local_schemes
    from xltool.soundness import require_sound as sound

    for scheme_id in local_schemes():
        sound(load_scheme(scheme_id))


def found(name: str) -> "Scheme":
    """按文件名或标识取方案。

    Raises:
        SchemeProblem: 没有这个方案，或方案有毛病。
    """
    from xltool.scheme.loader import load_scheme, load_scheme_file
    from xltool.scheme.sources import SUFFIX

    return load_scheme_file(Path(name)) if name.endswith(SUFFIX) else load_scheme(name)


def chosen(name: str) -> "tuple[Scheme, tuple[Method, ...]]":
    """按文件名或标识取方案和它的计分办法。

    Raises:
        SchemeProblem: 没有这个方案，或方案有毛病。
    """
    from xltool.scoring.catalogue import methods_of
    from xltool.soundness import require_sound as sound

    scheme = found(name)
    sound(scheme)
    return scheme, methods_of(scheme)
