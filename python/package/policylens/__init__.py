"""Sections, recommendations, actors and citations from policy papers, by rules that can be read.

>>> import policylens
>>> record = policylens.analyse("Parliament should fund the registry by 2027.")
>>> record["recommendations"][0]["deontic"]
'should'
"""

from importlib.metadata import version as _version

from ._analyse import Settings, analyse, analyse_file, analyse_file_json, analyse_json, schema, tables
from ._error import DocumentError

__version__ = _version("policylens")

__all__ = ["DocumentError", "Settings", "analyse", "analyse_file", "analyse_file_json", "analyse_json", "schema", "tables"]
