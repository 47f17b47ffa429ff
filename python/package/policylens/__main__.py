"""``python -m policylens``: the command-line tool."""

from ._command import main

main()
