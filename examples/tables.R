# The tables in R, without packages: Rscript examples/tables.R output
folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder)) folder <- "output"
table_of <- function(name) read.csv(file.path(folder, paste0(name, ".csv")), encoding = "UTF-8", na.strings = "", stringsAsFactors = FALSE)

recommendations <- table_of("recommendations")
own <- subset(recommendations, status == "own")
print(table(own$document_id, factor(own$strength, c("must", "should", "could"))))

# Cells that hold several values are joined by "; ".
addressees <- unlist(strsplit(own$addressees[!is.na(own$addressees)], "; ", fixed = TRUE))
print(head(sort(table(addressees), decreasing = TRUE), 10))

# Tables are joined by the keys that datapackage.json names.
asked <- merge(subset(table_of("recommendation_actors"), role == "addressee"), table_of("actors"), by = c("document_id", "actor_id"))
papers <- aggregate(document_id ~ country, asked, function(ids) length(unique(ids)))
print(head(papers[order(-papers$document_id), ], 10), row.names = FALSE)
