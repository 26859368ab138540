"""方案文件的毛病：说出文件、键的路径和怎么改。"""

from __future__ import annotations

NO_SUCH = "（标识）"  # 没有这个方案时，毛病的路径
WHOLE = "（文件）"  # 整个文件的毛病的路径


class SchemeProblem(Exception):  # noqa: N818 - a fault in data, named as the user sees it
    """方案文件不能用。

    `file` 是文件名，`path` 是键的路径，如 indicators[3].points；`also` 是一起查出的其余几处。
    """

    def __init__(
        self, file: str, path: str, message: str, also: tuple[SchemeProblem, ...] = ()
    ) -> None:
        super().__init__(f"方案 {file}：{path}：{message}")
        self.file = file
        self.path = path
        self.message = message
        self.also = also
