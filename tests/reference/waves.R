# Two waves with some, all or none of the people in both: covariances of the two shares with people
# as clusters, McNemar's test, and the interval for correlated shares. Writes waves.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
source("tests/reference/score_difference.R")
RNGversion("4.0.0")

panel <- function(seed) {
  set.seed(300 + seed)
  P <- c(12, 40, 120, 500)[seed %% 4 + 1]
  latent <- rnorm(P)
  y1 <- as.numeric(latent + rnorm(P, 0, .7) > .2)
  y2 <- as.numeric(latent + rnorm(P, 0, .7) > c(0, .6)[seed %% 2 + 1])
  kind <- c("all", "some", "some", "few")[seed %% 3 + 1]
  in1 <- in2 <- rep(TRUE, P)
  if (kind != "all") {
    rate <- if (kind == "some") .75 else .55
    in1 <- runif(P) < rate; in2 <- !in1 | runif(P) < if (kind == "some") .6 else .1
  }
  if (seed == 5) y1[] <- 1
  weighted <- seed %% 5 %in% c(1, 3)
  w1 <- if (weighted) runif(P, .3, 3) else rep(1, P)
  w2 <- if (weighted) 10^runif(P, -1, 1) else rep(1, P)
  m <- c(sum(in1), sum(in2))
  frame <- data.frame(yes1 = in1 * w1 * y1, all1 = in1 * w1, yes2 = in2 * w2 * y2, all2 = in2 * w2)
  both <- in1 & in2
  total <- svytotal(~yes1 + all1 + yes2 + all2, svydesign(ids = ~1, weights = rep(1, P), data = frame))
  ratios <- svycontrast(total, list(now = quote(yes1 / all1), before = quote(yes2 / all2)))
  C <- vcov(ratios) * (P - 1) / P
  p <- as.numeric(coef(ratios))
  k <- m / (m - 1)
  V <- diag(C) * k
  cov <- C[1, 2] * sqrt(prod(k))
  correlation <- if (all(V > 1e-20)) cov / sqrt(prod(V)) else 0
  size <- if (weighted) ifelse(V > 1e-20, p * (1 - p) / V, c(sum(w1[in1])^2 / sum(w1[in1]^2), sum(w2[in2])^2 / sum(w2[in2]^2))) else m
  test <- if (kind == "all" && !weighted) mcnemar.test(table(factor(y1, 0:1), factor(y2, 0:1)), correct = FALSE)
  pooled <- (sum(y1[in1]) + sum(y2[in2])) / sum(m)
  if (!weighted && !pooled %in% 0:1)
    correlation <- sum((y1[both] - pooled) * (y2[both] - pooled)) / (pooled * (1 - pooled) * sqrt(prod(m)))
  own <- score_difference(p, size, max(-1, min(1, if (any(both)) correlation else 0)))
  list(seed = seed, weighted = weighted, y1 = I(y1), y2 = I(y2), in1 = I(as.numeric(in1)), in2 = I(as.numeric(in2)),
       w1 = I(w1), w2 = I(w2),
       difference = own$difference,
       statistic = own$statistic, low = own$low, high = own$high,
       mcnemar = if (!is.null(test) && is.finite(test$statistic)) as.numeric(test$statistic) else NULL,
       p = if (!is.null(test) && is.finite(test$p.value)) test$p.value else NULL)
}
write_json(lapply(1:20, panel), "tests/reference/waves.json")
