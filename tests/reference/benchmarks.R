# Shares beside published ones that were rounded: the score test and its interval. Writes benchmarks.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
source("tests/reference/score_difference.R")
RNGversion("4.0.0")
samples <- lapply(1:48, function(seed) {
  set.seed(seed)
  n <- sample(20:120, 1)
  y <- sample(5, n, TRUE, c(.3, .3, .2, .1, .1)); y[1:2] <- c(1, 5)
  w <- if (seed %% 2 == 0) round(rlnorm(n, 0, .6) * 32 + 1) / 32 else rep(1, n)
  agrees <- as.numeric(y <= 2)
  p <- weighted.mean(agrees, w)
  size <- if (seed %% 2 == 0) {
    p * (1 - p) / as.numeric(vcov(svymean(~agrees, svydesign(~1, weights = ~w, data = data.frame(agrees, w)))))
  } else n
  percent <- sample(5:95, 1); decimals <- seed %% 3
  if (decimals > 0) percent <- percent + round(runif(1, -.49, .49), decimals)
  theirs <- if (seed %% 5 == 0) NA else sample(30:3000, 1)
  q <- percent / 100
  # Even over one unit of the last decimal.
  rounding <- (10^-decimals / 100)^2 / 12
  variance <- rounding + if (is.na(theirs)) 0 else q * (1 - q) / theirs
  list(seed = seed, wellbeing = I(y), weights = I(w), percent = percent, decimals = decimals,
       n = if (!is.na(theirs)) theirs, found = score_difference(c(p, q), c(size, q * (1 - q) / variance)))
})
write_json(samples, "tests/reference/benchmarks.json")
