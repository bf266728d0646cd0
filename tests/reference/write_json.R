# A list of numbers, strings, vectors, data frames and lists as JSON with all 17 digits.
# Base R only, so that the references need no package but the one they are made with.
to_json <- function(x, indent = "") {
  inner <- paste0(indent, " ")
  if (is.null(x)) return("null")
  if (is.data.frame(x)) x <- lapply(x, function(column) I(if (is.factor(column)) as.character(column) else column))
  if (is.list(x)) {
    parts <- vapply(x, to_json, "", indent = inner)
    if (!is.null(names(x))) parts <- paste0('"', names(x), '": ', parts)
    brackets <- if (is.null(names(x))) c("[", "]") else c("{", "}")
    return(paste0(brackets[1], "\n", inner, paste(parts, collapse = paste0(",\n", inner)),
                  "\n", indent, brackets[2]))
  }
  if (is.matrix(x)) {
    rows <- apply(unname(x), 1, function(row) scalars(row))
    return(paste0("[", paste(rows, collapse = ", "), "]"))
  }
  if (is.factor(x)) x <- as.character(x)
  if (length(x) == 1 && !inherits(x, "AsIs")) return(scalar(x))
  scalars(unclass(x))
}
scalars <- function(x) paste0("[", paste(vapply(x, scalar, ""), collapse = ", "), "]")
scalar <- function(x) {
  if (is.character(x)) return(paste0('"', x, '"'))
  if (is.logical(x) && !is.na(x)) return(tolower(as.character(x)))
  if (is.na(x)) return("null")
  if (is.infinite(x)) return(if (x > 0) "1e999" else "-1e999")
  sprintf("%.17g", x)
}
write_json <- function(x, file) writeLines(to_json(x), file)
