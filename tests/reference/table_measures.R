# Goodman and Kruskal's gamma and Kendall's tau-b of two columns x and y of whole numbers from 1 to 5,
# as expressions of the shares of their table's places, which svycontrast() differentiates.
table_measures <- function(design, x, y, keep) {
  place <- factor(paste0("c", x, y), paste0("c", outer(1:5, 1:5, paste0)))
  there <- levels(droplevels(place[keep]))
  place[!keep] <- there[1]
  mean <- svymean(~place, subset(update(design, place = factor(place, there)), keep))
  names(mean) <- there
  attr(mean, "var") <- matrix(as.numeric(vcov(mean)), length(there), dimnames = list(there, there))
  digits <- lapply(there, function(name) as.integer(strsplit(substring(name, 2), "")[[1]]))
  sums <- function(sign) {
    terms <- character()
    for (a in seq_along(there)) for (b in seq_along(there)) {
      off <- digits[[b]] - digits[[a]]
      if (off[1] > 0 && sign * off[2] > 0) terms <- c(terms, paste0(there[a], "*", there[b]))
    }
    if (length(terms)) paste0("(", paste(terms, collapse = "+"), ")") else "0"
  }
  margin <- function(k) {
    of <- sapply(digits, function(pair) pair[k])
    sapply(split(there, of), function(cells) paste0("(", paste(cells, collapse = "+"), ")^2"))
  }
  C <- sums(1); D <- sums(-1)
  total <- paste0("(", paste(there, collapse = "+"), ")^2")
  measured <- function(text) {
    found <- svycontrast(mean, list(parse(text = text)[[1]]))
    value <- as.numeric(coef(found)); se <- as.numeric(SE(found))
    list(estimate = value, se = se,
         interval = I(tanh(atanh(value) + c(-1, 1) * qnorm(.975) * se / (1 - value^2))))
  }
  list(gamma = measured(paste0("(", C, "-", D, ")/(", C, "+", D, ")")),
       tau_b = measured(paste0("2*(", C, "-", D, ")/sqrt((", total, "-", paste(margin(1), collapse = "-"), ")*(",
                               total, "-", paste(margin(2), collapse = "-"), "))")))
}
