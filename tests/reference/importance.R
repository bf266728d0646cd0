# R² shared out among predictors: over all orders with lm().
# Rscript tests/reference/importance.R
source("tests/reference/write_json.R")
RNGversion("4.0.0")

orders <- function(v) if (length(v) < 2) list(v) else
  do.call(c, lapply(v, function(x) lapply(orders(setdiff(v, x)), function(rest) c(x, rest))))
r2 <- function(y, x, w) if (ncol(x) == 0) 0 else summary(lm(y ~ x, weights = w))$r.squared
# As relaimpo::calc.relimp(type = "lmg") defines it.
lmg <- function(y, x, w) {
  all <- orders(seq_len(ncol(x)))
  known <- list()
  of <- function(set) {
    key <- paste(c("s", sort(set)), collapse = " ")
    if (is.null(known[[key]])) known[[key]] <<- r2(y, x[, sort(set), drop = FALSE], w)
    known[[key]]
  }
  gains <- sapply(all, function(order) {
    gain <- numeric(ncol(x))
    for (i in seq_along(order)) gain[order[i]] <- of(order[1:i]) - of(order[seq_len(i - 1)])
    gain
  })
  rowMeans(gains)
}
samples <- lapply(1:48, function(seed) {
  set.seed(seed)
  k <- 2 + seed %% 4
  n <- 10 * k + sample(40, 1)
  common <- rnorm(n)
  draw <- function(load) pmin(5, pmax(1, round(3 + load * common + rnorm(n, 0, .9))))
  x <- sapply(seq_len(k), function(j) draw(c(1.5, .8, -.7, .3, 0)[j]))
  y <- draw(.8)
  w <- if (seed %% 2 == 0) round(rlnorm(n, 0, .6) * 32 + 1) / 32 else rep(1, n)
  list(seed = seed, outcome = I(y), predictors = lapply(seq_len(k), function(j) I(x[, j])),
       weights = I(w), r2 = r2(y, x, w), shapley = I(lmg(y, x, w)),
       means = I(c(weighted.mean(y, w), apply(x, 2, weighted.mean, w))))
})
write_json(list(samples = samples), "tests/reference/importance.json")
