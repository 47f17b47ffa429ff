# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # Who is asked to do what? policylens on the sample papers
#
# `pip install 'policylens[pandas]'`. The papers are in `corpus/` of the repository; put a folder of your own in its place.

# %%
from pathlib import Path

import pandas as pd
import policylens

pd.set_option("display.width", 160, "display.max_columns", 10, "display.max_colwidth", 60)
here = Path(__file__).parent if "__file__" in globals() else Path.cwd()
corpus = here.parents[1] / "corpus"

# %% [markdown]
# ## One paper
# A record is a dictionary. Offsets are code points, so the words in the paper are a slice of its text.

# %%
record = policylens.analyse_file(corpus / "cables-pacific-v2.md")
print(record["document"]["title"], f"({record['document']['words']} words)")
for item in record["recommendations"][:5]:
    addressees = ", ".join(one["name"] for one in item["addressees"]) or "nobody in particular"
    print(f"- {item['strength']}, {addressees}: {record['text'][item['start']:item['end']]}")

# %% [markdown]
# Every item names the rule that found it: `policylens rules show RULE` says why the rule exists.

# %%
print(pd.Series([item["rule"] for item in record["recommendations"]]).value_counts())

# %% [markdown]
# ## All papers
# The tables are those that `policylens extract` writes. One sample paper stands there in five formats, of which one is kept.

# %%
papers = [file for file in sorted(corpus.glob("*.*")) if file.suffix in {".txt", ".md"} and file.stem != "README"]
tables = policylens.tables([*papers, corpus / "formats" / "nitrate-small-systems.pdf"])
assert tables["errors"].empty
print(tables["documents"][["document_id", "words", "recommendations", "actors", "citations"]].to_string(index=False))

# %% [markdown]
# How strongly do the papers urge? Recommendations that others make and the author only reports are left out.

# %%
recommendations = tables["recommendations"]
own = recommendations[recommendations["status"] == "own"]
print(own.groupby(["document_id", "strength"]).size().unstack(fill_value=0).reindex(columns=["must", "should", "could"], fill_value=0))

# %% [markdown]
# Whom do they address? A recommendation may have several addressees, each a row of `recommendation_actors`.

# %%
parties = tables["recommendation_actors"].merge(own[["document_id", "recommendation_id", "action"]], on=["document_id", "recommendation_id"])
addressees = parties[parties["role"] == "addressee"]
print(addressees.groupby("actor_name").agg(papers=("document_id", "nunique"), asked=("recommendation_id", "count")).sort_values("asked", ascending=False).head(10))

# %%
congress = addressees[addressees["actor_name"] == "United States Congress"]
for document, action in zip(congress["document_id"], congress["action"]):
    print(f"{document}: {action}")

# %% [markdown]
# ## How sure?
# `confidence` is how often a rule was right on the development set. What should a person read first?

# %%
unsure = own.nsmallest(5, "confidence")[["document_id", "confidence", "rule", "text"]]
print(unsure.to_string(index=False))
