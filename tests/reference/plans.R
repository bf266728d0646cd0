# What a plan expects: power of two shares, the chance of few respondents, intervals. Writes plans.json.
source("tests/reference/write_json.R")
RNGversion("4.0.0")
settings <- lapply(1:48, function(seed) {
  set.seed(seed)
  n1 <- sample(20:2000, 1); n2 <- if (seed %% 2 == 0) n1 else sample(20:4000, 1)
  p1 <- sample(c(.5, .3, .77), 1); power <- sample(c(.8, .9), 1)
  # Up from p1, at unequal sizes too; power.prop.test() knows equal ones only.
  of <- function(p2) {
    p <- (n1 * p1 + n2 * p2) / (n1 + n2)
    pnorm((abs(p2 - p1) - qnorm(.975) * sqrt(p * (1 - p) * (1 / n1 + 1 / n2))) /
            sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)) - power
  }
  least <- function(to) if (of(to) < 0) NA else
    abs(uniroot(of, sort(c(p1 + sign(to - p1) * 1e-6, to)), tol = 1e-15)$root - p1)
  up <- least(1); down <- least(0)
  equal <- if (n1 == n2 && !is.na(up))
    power.prop.test(n = n1, p1 = p1, power = power, tol = 1e-13)$p2 - p1 else NA
  M <- sample(15:400, 1); r <- round(runif(1, .05, .9), 3)
  list(n1 = n1, n2 = n2, share = p1, power = power, up = up, down = down, equal = equal,
       invited = M, response = r, below = pbinom(9, M, r))
})
write_json(settings, "tests/reference/plans.json")
