# Wilson's interval: prop.test() without a population, and with one the shares at which the score
# statistic with the exact variance P(1-P)/n * (N-n)/(N-1) is z, found by root search.
# Writes wilson_interval.json.
source("tests/reference/write_json.R")

score_interval <- function(count, n, N, level) {
  p <- count / n
  z2 <- qnorm((1 + level) / 2)^2
  left <- if (is.infinite(N)) 1 else (N - n) / (N - 1)
  # (p - P)^2 - z^2 V(P) is above 0 outside the interval and below 0 within.
  outside <- function(P) (p - P)^2 - z2 * P * (1 - P) / n * left
  root <- function(a, b) uniroot(outside, c(a, b), tol = 1e-16, maxiter = 10000)$root
  c(if (count == 0 || left == 0) p else root(0, min(p, 1 - 1e-12)),
    if (count == n || left == 0) p else root(max(p, 1e-12), 1))
}
cases <- data.frame(
  count = c(0, 1, 5, 0, 1, 2, 3, 10, 432, 416, 115, 1, 978, 26, 40, 1288, 500, 9, 10),
  n = c(10, 1, 10, 1, 2, 3, 17, 10, 1288, 979, 399, 1288, 979, 1288, 100, 1288, 1000, 10, 12),
  N = c(Inf, Inf, Inf, Inf, Inf, Inf, 100, 48.88, 6296, 4785.55, 1950.4, 6296, 4785.55, 6296, 101, 1288, 1000.5, 11, 1e9),
  level = c(.95, .95, .95, .9, .99, .95, .95, .95, .95, .95, .95, .95, .95, .99, .95, .95, .95, .95, .999)
)
ends <- mapply(score_interval, cases$count, cases$n, cases$N, cases$level)
cases$low <- ends[1, ]
cases$high <- ends[2, ]
plain <- data.frame(
  count = c(0, 1, 3, 10, 432, 978, 50, 1),
  n = c(10, 1, 17, 10, 1288, 979, 100, 1000)
)
ends <- mapply(function(x, n) prop.test(x, n, correct = FALSE)$conf.int, plain$count, plain$n)
plain$low <- ends[1, ]
plain$high <- ends[2, ]
write_json(list(score = cases, prop_test = plain), "tests/reference/wilson_interval.json")
