"""python -m xltool 与 xltool 命令相同。"""

from xltool.cli import main

if __name__ == "__main__":
    main()
