# Weighted shares of questions by variables, with svymean() and svyby() of R's package survey.
#
# Usage: estimates.R SURVEY.json. Loads the columns, says so, and then answers each line: "run" does
# the work and tells the milliseconds, anything else is a file to write the shares to.
suppressPackageStartupMessages({
  library(jsonlite)
  library(survey)
})
about <- fromJSON(commandArgs(trailingOnly = TRUE)[1], simplifyVector = FALSE)
size <- about$respondents
column <- function(each) {
  codes <- readBin(each$file, "integer", n = size, size = 1, signed = FALSE)
  factor(codes, levels = seq_len(each$categories))
}
needed <- unique(unlist(about$pairs))
columns <- Filter(function(each) each$name %in% needed, about$columns)
data <- as.data.frame(setNames(lapply(columns, column), sapply(columns, `[[`, "name")))
data$w <- readBin(about$weights, "double", n = size)
design <- svydesign(ids = ~1, weights = ~w, data = data)
formula_of <- function(name) as.formula(paste("~", name))
one <- function(pair) {
  question <- formula_of(pair[[1]])
  if (is.null(pair[[2]])) return(svymean(question, design, na.rm = TRUE))
  svyby(question, formula_of(pair[[2]]), design, svymean, na.rm = TRUE)
}
tell <- function(what) {
  cat(toJSON(what, auto_unbox = TRUE, digits = 17), "\n", sep = "")
  flush(stdout())
}
rows <- function(pair, found) {
  question <- pair[[1]]
  by <- pair[[2]]
  levels <- levels(data[[question]])
  groups <- if (is.null(by)) list(0) else as.list(as.character(found[[by]]))
  do.call(c, lapply(seq_along(groups), function(g) {
    here <- if (is.null(by)) rep(TRUE, size) else data[[by]] %in% groups[[g]]
    counts <- table(data[[question]][here])
    lapply(levels, function(level) {
      name <- paste0(question, level)
      share <- if (is.null(by)) coef(found)[[name]] else found[[name]][g]
      list(question, by, as.integer(groups[[g]]), as.integer(level), counts[[level]], share)
    })
  }))
}
tell(list(ready = TRUE))
input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  if (line == "run") {
    began <- proc.time()[["elapsed"]]
    found <- lapply(about$pairs, one)
    tell(list(ms = (proc.time()[["elapsed"]] - began) * 1000))
    next
  }
  all <- do.call(c, Map(rows, about$pairs, found))
  writeLines(toJSON(all, auto_unbox = TRUE, null = "null", digits = 17), line)
  tell(list(rows = length(all)))
}
