# Breakdown tables of two to six groups (sparse, ties, nobody, everybody) and their tests in R, both
# adjusted after Benjamini and Hochberg: each group against the rest by prop.test(), each two groups
# by pairwise.prop.test(). Writes breakdowns.json.
source("tests/reference/write_json.R")
tables <- list(
  two = list(x = c(30, 45), n = c(100, 90)),
  three = list(x = c(30, 45, 12), n = c(100, 90, 60)),
  ties = list(x = c(20, 20, 20, 20), n = c(40, 40, 40, 40)),
  sparse = list(x = c(1, 0, 3, 2), n = c(2, 1, 9, 11)),
  far_apart = list(x = c(5, 50, 95, 98), n = c(100, 100, 100, 100)),
  nobody = list(x = c(0, 0, 9), n = c(12, 30, 40)),
  six = list(x = c(10, 22, 31, 44, 58, 61), n = c(80, 81, 83, 85, 88, 90)),
  everybody = list(x = c(15, 20, 18), n = c(15, 20, 40)),
  large = list(x = c(5100, 5000, 4800), n = c(10000, 10000, 10000)),
  one_person = list(x = c(1, 40, 20), n = c(1, 90, 90))
)
p_of <- function(x, n) {
  p <- suppressWarnings(prop.test(x, n, correct = FALSE)$p.value)
  if (is.nan(p)) NA else p
}
result <- lapply(names(tables), function(name) {
  x <- tables[[name]]$x; n <- tables[[name]]$n
  rest <- sapply(seq_along(x), function(i) p_of(c(x[i], sum(x[-i])), c(n[i], sum(n[-i]))))
  raw <- suppressWarnings(pairwise.prop.test(x, n, p.adjust.method = "none", correct = FALSE)$p.value)
  raw[is.nan(raw)] <- NA
  # Row i, column j: group i + 1 with group j.
  pairs <- do.call(rbind, lapply(seq_len(length(x) - 1), function(j) {
    data.frame(first = j, second = (j + 1):length(x), p = raw[j:(length(x) - 1), j])
  }))
  pairs$adjusted <- p.adjust(pairs$p, "BH")
  list(name = name, x = I(x), n = I(n), rest = I(rest),
       rest_adjusted = I(if (length(x) == 2) rest else p.adjust(rest, "BH")), pairs = pairs)
})
# The whole as one family; the two groups of the first table are one test.
all_rest <- unlist(lapply(result, function(r) if (length(r$x) == 2) r$rest[1] else r$rest))
write_json(list(tables = result, family = I(p.adjust(all_rest, "BH"))), "tests/reference/breakdowns.json")
