"""The tables in pandas: who is asked to do what, how strongly, and on what evidence.

    python examples/tables.py output
"""
import json
import pathlib
import sys

import pandas as pd

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "output")


def read(name):
    return pd.read_csv(folder / f"{name}.csv")


recommendations = read("recommendations")
own = recommendations[recommendations.status == "own"]

# Cells that hold several values are joined by "; ".
by_addressee = own.assign(addressee=own.addressees.str.split("; ")).explode("addressee")
print(by_addressee.groupby(["addressee", "strength"]).size().unstack(fill_value=0).sort_values("should", ascending=False).head(10), "\n")

# Tables are joined by the keys that datapackage.json names.
asked = read("recommendation_actors").query("role == 'addressee'").merge(read("actors"), on=["document_id", "actor_id"])
print(asked.groupby("country").document_id.nunique().sort_values(ascending=False).head(10).rename("papers that ask it"), "\n")

# A span slices the text of the record as it is.
first = own.iloc[0]
record = json.loads((folder / "documents" / f"{first.document_id}.json").read_text(encoding="utf-8"))
print(record["text"][first.start : first.end])
