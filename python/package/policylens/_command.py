"""The command-line tool, which is in the extension module."""

from __future__ import annotations

import signal
import sys
from typing import NoReturn

from . import _native


def main() -> NoReturn:
    """Runs the command line of this process and ends it with the tool's exit status."""
    # Python's own handler would only be run when the tool has ended.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_native.run(["policylens", *sys.argv[1:]]))
