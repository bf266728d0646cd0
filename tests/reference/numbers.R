# Means, quartiles and net shares of numbers: whole, in a group, of two groups and of a group against the
# rest. Samples weighted and not, by strata, of whole and of broken numbers, with and without a
# population. Writes numbers.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

numbers_of <- function(seed) {
  set.seed(700 + seed)
  m <- c(30, 80, 200)[seed %% 3 + 1]
  s <- sample(3, m, TRUE, c(.2, .3, .5)); s[1:6] <- rep(1:3, 2)
  g <- sample(3, m, TRUE); g[1:3] <- 1:3
  y <- if (seed %% 2 == 0) pmin(10, pmax(0, round(6 + s / 2 + g / 2 + rnorm(m, 0, 2)))) else
    round(pmin(40, pmax(0, 12 + 3 * s + rnorm(m, 0, 6))), 1)
  y[sample(m, 3)] <- NA
  weighted <- seed %% 4 > 1
  w <- if (!weighted) rep(1, m) else if (seed %% 5 == 0) 10^runif(m, -1, 1) else runif(m, .4, 2.5)
  by_strata <- seed %% 3 == 0
  N <- if (seed %% 7 == 0) NULL else if (by_strata) tabulate(s, 3) * c(2, 3, 5) else 2 * m + 7
  frame <- data.frame(s, g = factor(g), y, w,
    net = ifelse(y >= 9, 100, ifelse(y <= 6, -100, 0)))
  if (!is.null(N)) frame$N <- if (by_strata) N[s] else N
  drawn <- function(fpc) svydesign(ids = ~1, strata = if (by_strata) ~s else NULL, weights = ~w, data = frame, fpc = fpc)
  design <- drawn(if (is.null(N)) NULL else ~N)
  told <- function(part, variable) {
    part <- subset(part, !is.na(y))
    mean <- svymean(reformulate(variable), part)
    list(n = nrow(part$variables), mean = as.numeric(coef(mean)), se = as.numeric(SE(mean)),
         interval = I(as.numeric(confint(mean, df = degf(part)))))
  }
  quartiles <- function(part) {
    part <- subset(part, !is.na(y))
    found <- svyquantile(~y, part, c(.25, .5, .75), qrule = "school", df = degf(part))$y
    list(value = I(found[, 1]), low = I(found[, 2]), high = I(found[, 3]))
  }
  difference <- function(group) {
    # Tests have no finite population correction.
    design <- subset(update(drawn(NULL), part = group), !is.na(y) & !is.na(part))
    found <- svycontrast(svyby(~y, ~part, design, svymean, covmat = TRUE), list(d = c(-1, 1)))
    list(difference = as.numeric(coef(found)), se = as.numeric(SE(found)))
  }
  list(seed = seed, y = I(y), group = I(g), stratum = I(s), by_strata = by_strata,
       weights = if (weighted) I(w) else NULL, population = if (is.null(N)) NULL else I(N),
       all = told(design, "y"), all_quartiles = quartiles(design),
       one = told(subset(design, g == "1"), "y"), one_quartiles = quartiles(subset(design, g == "1")),
       net = if (seed %% 2 == 0) told(design, "net") else NULL,
       two = difference(factor(ifelse(g == 1, 1, ifelse(g == 2, 0, NA)))),
       rest = difference(factor(ifelse(g == 1, 1, 0))))
}
write_json(lapply(1:48, numbers_of), "tests/reference/numbers.json")
