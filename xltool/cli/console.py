"""往哪里印、印多少：问题和数据到标准输出，进度和统计到标准错误。"""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from xltool.cli.text import safe
from xltool.finding import Severity, rule_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import typer

    from xltool.cli.exits import Failure
    from xltool.finding import Finding

_COLORS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTICE: "36"}
_SILENT: Final = 2
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Console:
    """全局选项决定的印法。"""

    as_json: bool = False
    quiet: int = 0
    verbose: int = 0
    no_color: bool = False

    def line(self, text: str = "") -> None:
        """结果的一行，到标准输出；安静时不印。"""
        if not (self.as_json or self.quiet):
            _write(sys.stdout, text)

    def lines(self, texts: Iterable[str]) -> None:
        """结果的若干行。"""
        for text in texts:
            self.line(text)

    def note(self, text: str) -> None:
        """进度和统计的一行，到标准错误；安静时不印。"""
        if not self.quiet:
            _write(sys.stderr, text)

    def detail(self, text: str) -> None:
        """要加 -v 才印的一行。"""
        if self.verbose:
            self.note(text)

    def findings(self, findings: Iterable[Finding]) -> None:
        """逐条印问题和办法；-q 时只印错误，-qq 时不印。"""
        if self.silent:
            return
        for finding in findings:
            if self.quiet and finding.severity is not Severity.ERROR:
                continue
            _write(sys.stdout, self._headline(finding))
            if finding.explained:
                _write(sys.stdout, f"    单位说明：{safe(finding.explained)}")
            else:
                _write(sys.stdout, f"    办法：{safe(finding.remedy)}")

    def chosen(self, findings: Iterable[Finding]) -> list[Finding]:
        """平时只要级别为错误的问题，-v 时全部都要。"""
        return [one for one in findings if self.verbose or one.severity is Severity.ERROR]

    @property
    def silent(self) -> bool:
        """文字一律不印：要的是 JSON，或加了 -qq。"""
        return self.as_json or self.quiet >= _SILENT

    def document(self, document: Mapping[str, object]) -> None:
        """印出 JSON；没有要 JSON 时什么也不做。"""
        if self.as_json:
            _write(sys.stdout, json_text(document, sys.stdout.encoding or "utf-8"))

    def _headline(self, finding: Finding) -> str:
        word = finding.label
        if not self.no_color and "NO_COLOR" not in os.environ and _takes_color(sys.stdout):
            word = f"\x1b[{_COLORS[finding.standing]}m{word}\x1b[0m"
        where = f" {safe(finding.where)}" if finding.where else ""
        return f"{word} {rule_word(finding.code)}{where} {safe(finding.message)}"


def console_of(context: typer.Context) -> Console:
    """本次执行的印法。"""
    return context.find_object(Console) or Console()


def json_text(document: Mapping[str, object], encoding: str = "utf-8") -> str:
    """JSON 的文字；看不见的字符都写成转义，编码不是 UTF-8 的地方只用 ASCII。"""
    import json  # --help and plain text need it not

    wide = encoding.lower().replace("-", "") != "utf8"
    text = json.dumps(document, ensure_ascii=wide, indent=2)
    hidden = {char for char in set(text) if char != "\n" and unicodedata.category(char) in _HIDDEN}
    if not hidden:
        return text
    return text.translate({ord(char): json.dumps(char)[1:-1] for char in hidden})


def prepare_streams() -> None:
    """印不出的字用问号代替，不因此中断；没有标准输出的（>&-），印的都不要。"""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def failure_lines(failure: Failure) -> tuple[str, ...]:
    """没能执行的说法：一处一处的和办法在前，原因在最后。"""
    details = [f"  {safe(one)}" for one in failure.details]
    remedy = (f"办法：{safe(failure.remedy)}",) if failure.remedy else ()
    return (*details, *remedy, f"错误：{safe(failure.message)}")


def _takes_color(stream: TextIO) -> bool:
    """是终端，并且认得颜色的写法；旧的 Windows 控制台不认得。"""
    modern = os.name != "nt" or any(name in os.environ for name in ("WT_SESSION", "TERM"))
    return modern and stream.isatty()


def write_error(text: str) -> None:
    """没能执行的说法，到标准错误。"""
    _write(sys.stderr, text)


def unprinted() -> OSError | None:
    """把还在缓冲里的印出去；有没有印不出去的（读的一方先走了，不算）。"""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            _give_up(stream, error)
    failed = next((one for one in _failures if not isinstance(one, BrokenPipeError)), None)
    _failures.clear()
    return failed


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text + "\n")
    except OSError as error:
        _give_up(stream, error)


_failures: Final[list[OSError]] = []


def _give_up(stream: TextIO, error: OSError) -> None:
    """印不出去了：以后的都不要，事情照做；不改指到别处，退出时系统还要再印一次、再出一次错。"""
    _failures.append(error)
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
