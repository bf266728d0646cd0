# The score test of the difference of two shares and the interval of what it does not refuse, by search:
# the most likely shares that are so far apart by the root of their likelihood's slope, the ends by the
# root of the test.
score_difference <- function(p, n, r = 0, level = .95) {
  z <- qnorm((1 + level) / 2); d <- p[1] - p[2]
  likely <- function(apart) {
    if (apart == 0) return(sum(n * p) / sum(n))
    ends <- c(max(0, -apart), min(1, 1 - apart))
    if (ends[2] - ends[1] < 1e-15) return(ends[1])
    part <- function(k, t, of) if (k == 0) 0 else k / of
    slope <- function(t) part(n[1] * p[1], t, t + apart) - part(n[1] * (1 - p[1]), t, 1 - t - apart) +
      part(n[2] * p[2], t, t) - part(n[2] * (1 - p[2]), t, 1 - t)
    inner <- ends + c(1, -1) * 1e-13 * (ends[2] - ends[1])
    if (slope(inner[1]) <= 0) return(ends[1])
    if (slope(inner[2]) >= 0) return(ends[2])
    uniroot(slope, inner, tol = 1e-16, maxiter = 10000)$root
  }
  variance <- function(apart) {
    t <- likely(apart); u <- min(1, max(0, t + apart))
    a <- u * (1 - u) / n[1]; b <- t * (1 - t) / n[2]
    v <- a + b - 2 * r * sqrt(a * b)
    if (v <= 1e-10 * (a + b)) 0 else v
  }
  end <- function(farthest) {
    refused <- function(apart) (d - apart)^2 - z^2 * variance(apart)
    if (refused(farthest) <= 0) return(farthest)
    # There may be no variance where the difference is as large as can be.
    inner <- d + (farthest - d) * 1e-14
    if (refused(inner) >= 0) return(d)
    uniroot(refused, sort(c(farthest, inner)), tol = 1e-16, maxiter = 10000)$root
  }
  v <- variance(0)
  statistic <- if (v == 0) NULL else d / sqrt(v)
  list(difference = d, statistic = statistic, p = if (is.null(statistic)) NULL else 2 * pnorm(-abs(statistic)),
       low = end(-1), high = end(1))
}

# The difference of two ratios of totals over one design: sizes and correlation are those of survey's
# linearised covariance; where everyone counts the same the people, and the correlation of the common share.
# y1, in1 and so on are 0 and 1, w the weights.
score_of_ratios <- function(design, y1, in1, y2, in2, w, plain = FALSE) {
  first <- in1 == 1; second <- in2 == 1
  if (!any(first) || !any(second)) return(NULL)
  if (all(first == second) && all(y1[first] == y2[second])) return(list(difference = 0))
  if (plain) {
    n <- c(sum(first), sum(second)); p <- c(mean(y1[first]), mean(y2[second]))
    pooled <- sum(n * p) / sum(n)
    both <- first & second
    r <- if (pooled %in% 0:1) 0 else sum((y1[both] - pooled) * (y2[both] - pooled)) / (pooled * (1 - pooled) * sqrt(prod(n)))
    return(score_difference(p, n, max(-1, min(1, r))))
  }
  each <- update(design, .y1 = y1 * in1, .in1 = as.numeric(in1), .y2 = y2 * in2, .in2 = as.numeric(in2))
  ratios <- svycontrast(svytotal(~.y1 + .in1 + .y2 + .in2, each), list(first = quote(.y1 / .in1), second = quote(.y2 / .in2)))
  V <- vcov(ratios); p <- c(sum(w * y1 * in1) / sum(w * in1), sum(w * y2 * in2) / sum(w * in2))
  varies <- c(length(unique(y1[first])) > 1, length(unique(y2[second])) > 1) & diag(V) > 1e-25
  kish <- c(sum(w[first])^2 / sum(w[first]^2), sum(w[second])^2 / sum(w[second]^2))
  n <- ifelse(varies, p * (1 - p) / diag(V), kish)
  r <- if (all(varies)) V[1, 2] / sqrt(V[1, 1] * V[2, 2]) else 0
  score_difference(p, n, max(-1, min(1, r)))
}
