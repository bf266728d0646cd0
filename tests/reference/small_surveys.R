# 42 small surveys (sparse, empty categories, extreme weights, groups of one person, ties
# everywhere, with and without a finite population) and what R makes of them: shares and their
# intervals, differences, tests of tables, ordinal association. Writes small_surveys.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

categories <- 4
groups <- 3

make <- function(kind, seed) {
  set.seed(seed)
  m <- switch(kind, tiny = 8, sparse = 15, one_person = 21, 60) + seed %% 7
  y <- sample(categories, m, TRUE, switch(kind, sparse = c(.85, .05, .05, .05), empty = c(.4, .3, 0, .3),
                                          ties = c(.5, .5, 0, 0), rep(.25, 4)))
  g <- sample(groups, m, TRUE)
  if (kind == "ordered") g <- pmin(groups, pmax(1, round(y * .7 + rnorm(m, 0, .6))))
  if (kind == "one_person") g <- c(1, sample(2:3, m - 1, TRUE))
  if (kind == "agree_all") { y <- pmin(y, 3); g <- y }
  w <- switch(kind, plain = , ordered = , one_person = rep(1, m), extreme = 10^runif(m, -3, 3),
              equal = rep(2.5, m), runif(m, .3, 3))
  missing <- if (kind == "tiny") 0 else .1
  y[runif(m) < missing] <- NA
  g[runif(m) < missing / 2] <- NA
  if (kind == "one_person") g[1] <- 1
  N <- if (seed %% 3 == 0) NULL else if (seed %% 3 == 1) 5 * m else m + 4
  list(kind = kind, seed = seed, m = m, y = y, g = g, w = w, N = N)
}

svy <- function(d) {
  frame <- data.frame(y = d$y, g = d$g, w = d$w)
  if (is.null(d$N)) return(svydesign(ids = ~1, weights = ~w, data = frame))
  frame$N <- d$N
  svydesign(ids = ~1, weights = ~w, fpc = ~N, data = frame)
}
or_null <- function(x) if (length(x) != 1 || !is.finite(x)) NULL else x

# Shares of category 1 overall and by group, with variance, intervals and design effect.
shares <- function(d) {
  design <- svy(d)
  free <- svydesign(ids = ~1, weights = ~w, data = data.frame(y = d$y, g = d$g, w = d$w))
  lapply(0:groups, function(group) {
    keep <- !is.na(d$y) & (group == 0 | (!is.na(d$g) & d$g == group))
    n <- sum(keep)
    if (n == 0) return(list(group = group, n = 0))
    part <- subset(design, keep)
    mean <- svymean(~as.numeric(y == 1), part)
    share <- sum(d$w[keep & d$y == 1]) / sum(d$w[keep])
    count <- sum(d$y[keep] == 1)
    varies <- count > 0 && count < n
    ci <- function(method) {
      if (!varies || n < 2) return(NULL)
      I(as.numeric(confint(suppressWarnings(svyciprop(~I(y == 1), part, method = method)))))
    }
    deff <- if (varies) as.numeric(deff(svymean(~as.numeric(y == 1), subset(free, keep), deff = "replace")))
    list(group = group, n = n, count = count, share = share,
         variance = if (varies) as.numeric(vcov(mean)) else 0,
         logit = ci("xlogit"), beta = ci("beta"), deff = deff)
  })
}

# Totals of four 0/1 variables, and the difference of their two ratios: the linearised way that
# survey goes for any function of totals.
contrast <- function(d, first, second) {
  y1 <- !is.na(d$y) & d$y == 1
  inside <- function(of) !is.na(d$y) & !is.na(d$g) & d$g %in% of
  n <- c(sum(inside(first)), sum(inside(second)))
  if (any(n == 0)) return(NULL)
  design <- update(svy(d), yes1 = as.numeric(inside(first) & y1), all1 = as.numeric(inside(first)),
                   yes2 = as.numeric(inside(second) & y1), all2 = as.numeric(inside(second)))
  result <- svycontrast(svytotal(~yes1 + all1 + yes2 + all2, design), quote(yes1 / all1 - yes2 / all2))
  list(difference = as.numeric(coef(result)), variance = as.numeric(vcov(result)))
}

# The hybrid interval (MOVER) of two groups with members in common: Wilson's intervals of both (for
# weights of the effective size, of p(1-p) over the variance), and the correlation of the two ratios.
mover <- function(d, first, second) {
  y1 <- !is.na(d$y) & d$y == 1
  inside <- function(of) !is.na(d$y) & !is.na(d$g) & d$g %in% of
  a <- inside(first); b <- inside(second)
  if (!any(a) || !any(b) || all(a == b)) return(NULL)
  design <- update(svy(d), yes1 = as.numeric(a & y1), all1 = as.numeric(a),
                   yes2 = as.numeric(b & y1), all2 = as.numeric(b))
  ratios <- svycontrast(svytotal(~yes1 + all1 + yes2 + all2, design),
                        list(first = quote(yes1 / all1), second = quote(yes2 / all2)))
  V <- vcov(ratios); p <- as.numeric(coef(ratios))
  varies <- c(any(a & y1) && any(a & !y1), any(b & y1) && any(b & !y1))
  ends <- function(keep, k) {
    if (all(d$w == 1)) return(wilson(sum(y1[keep]), sum(keep), d$m, d$N))
    left <- if (is.null(d$N)) 1 else 1 - d$m / d$N
    size <- if (varies[k]) p[k] * (1 - p[k]) / V[k, k] else sum(d$w[keep])^2 / sum(d$w[keep]^2) / left
    ends_of(p[k], size)
  }
  l <- ends(a, 1); u <- ends(b, 2)
  r <- if (all(varies)) V[1, 2] / sqrt(V[1, 1] * V[2, 2]) else 0
  far <- function(x, y) sqrt(max(0, x^2 + y^2 - 2 * r * x * y))
  list(low = p[1] - p[2] - far(p[1] - l[1], u[2] - p[2]), high = p[1] - p[2] + far(l[2] - p[1], p[2] - u[1]))
}

ends_of <- function(p, size) {
  z2 <- qchisq(.95, 1)
  (p + z2 / (2 * size) + c(-1, 1) * sqrt(z2 * (p * (1 - p) / size + z2 / (4 * size^2)))) / (1 + z2 / size)
}
wilson <- function(x, n, m, N) {
  size <- if (is.null(N)) n else { part <- n * N / m; n * (part - 1) / (part - n) }
  p <- x / n; z2 <- qchisq(.95, 1)
  (p + z2 / (2 * size) + c(-1, 1) * sqrt(z2 * (p * (1 - p) / size + z2 / (4 * size^2)))) / (1 + z2 / size)
}
newcombe <- function(d) {
  x <- sapply(1:2, function(k) sum(d$y == 1 & d$g == k, na.rm = TRUE))
  n <- sapply(1:2, function(k) sum(!is.na(d$y) & d$g == k, na.rm = TRUE))
  if (any(n == 0)) return(NULL)
  p <- x / n
  a <- wilson(x[1], n[1], d$m, d$N); b <- wilson(x[2], n[2], d$m, d$N)
  test <- suppressWarnings(prop.test(x, n, correct = FALSE))
  list(low = p[1] - p[2] - sqrt((p[1] - a[1])^2 + (b[2] - p[2])^2),
       high = p[1] - p[2] + sqrt((a[2] - p[1])^2 + (p[2] - b[1])^2),
       chi_square = or_null(as.numeric(test$statistic)), p = or_null(test$p.value))
}

tables <- function(d) {
  keep <- !is.na(d$y) & !is.na(d$g)
  frame <- table(d$g[keep], d$y[keep])
  if (any(dim(frame) < 2)) return(NULL)
  plain <- suppressWarnings(chisq.test(frame, correct = FALSE))
  design <- update(svy(d), y = factor(y), g = factor(g))
  part <- subset(design, keep)
  part <- update(part, y = droplevels(y), g = droplevels(g))
  # Too many empty places leave svychisq() without an answer.
  test <- function(statistic) {
    tryCatch(suppressWarnings(svychisq(~g + y, part, statistic = statistic)), error = function(e) NULL)
  }
  f <- test("F")
  plain_part <- list(pearson = as.numeric(plain$statistic), df = as.numeric(plain$parameter),
                     p = plain$p.value, least = min(plain$expected), empty = sum(frame == 0))
  if (is.null(f)) return(plain_part)
  c(plain_part, list(f = as.numeric(f$statistic), f_df1 = as.numeric(f$parameter[1]),
                     f_df2 = as.numeric(f$parameter[2]), f_p = as.numeric(f$p.value),
                     chi_p = as.numeric(test("Chisq")$p.value)))
}

# Gamma, tau-b and Spearman person by person: each pair of people is looked at.
measures <- function(x, y, w) {
  W <- sum(w); sx <- sign(outer(x, x, "-")); sy <- sign(outer(y, y, "-"))
  up <- (sx * sy > 0) * 1; down <- (sx * sy < 0) * 1
  C <- sum(outer(w, w) * up) / W^2; D <- sum(outer(w, w) * down) / W^2
  tx <- sum(outer(w, w) * (sx != 0)) / W^2; ty <- sum(outer(w, w) * (sy != 0)) / W^2
  rx <- as.vector(((sx + 1) / 2) %*% w) / W - .5
  ry <- as.vector(((sy + 1) / 2) %*% w) / W - .5
  rho <- sum(w * rx * ry) / sqrt(sum(w * rx^2) * sum(w * ry^2))
  c(gamma = (C - D) / (C + D), tau = (C - D) / sqrt(tx * ty), rho = rho)
}
influence <- function(x, y, w) {
  W <- sum(w); sx <- sign(outer(x, x, "-")); sy <- sign(outer(y, y, "-"))
  each <- function(z) as.vector(z %*% w) / W
  A <- each((sx * sy > 0) * 1); B <- each((sx * sy < 0) * 1)
  mean <- function(z) sum(w * z) / W
  C <- mean(A); D <- mean(B)
  Tx <- each((sx != 0) * 1); Ty <- each((sy != 0) * 1); tx <- mean(Tx); ty <- mean(Ty)
  rx <- each((sx + 1) / 2) - .5; ry <- each((sy + 1) / 2) - .5
  # How a person moves the ranks of everybody else: up those above, by a half its equals.
  moves <- function(s, z) as.vector(t((s + 1) / 2) %*% (w * z)) / W
  xy <- mean(rx * ry); xx <- mean(rx^2); yy <- mean(ry^2)
  rho <- xy / sqrt(xx * yy)
  value <- (C - D) / sqrt(tx * ty)
  list(gamma = 4 * (D * A - C * B) / (C + D)^2,
       tau = 2 * (A - B) / sqrt(tx * ty) - value * (Tx / tx + Ty / ty),
       rho = (rx * ry + moves(sx, ry) + moves(sy, rx)) / sqrt(xx * yy) -
         rho / 2 * ((rx^2 + 2 * moves(sx, rx)) / xx + (ry^2 + 2 * moves(sy, ry)) / yy))
}
association <- function(d) {
  keep <- !is.na(d$y) & !is.na(d$g)
  x <- d$g[keep]; y <- d$y[keep]; w <- d$w[keep]
  if (length(unique(x)) < 2 || length(unique(y)) < 2) return(NULL)
  value <- measures(x, y, w)
  if (d$kind %in% c("plain", "ordered", "one_person")) {
    stopifnot(abs(value["tau"] - cor(x, y, method = "kendall")) < 1e-12,
              abs(value["rho"] - cor(x, y, method = "spearman")) < 1e-12)
  }
  slopes <- influence(x, y, w)
  # The derivatives against differences of the measures themselves.
  for (i in seq_len(min(3, length(w)))) {
    h <- w[i] * 1e-4
    up <- w; up[i] <- w[i] + h; down <- w; down[i] <- w[i] - h
    numeric <- (measures(x, y, up) - measures(x, y, down)) / (2 * h) * sum(w)
    exact <- sapply(slopes, function(z) z[i] - sum(w * z) / sum(w))
    ok <- is.finite(value)
    stopifnot(all(abs(numeric - exact)[ok] < 1e-5 * (1 + abs(exact[ok]))))
  }
  design <- svy(d)
  lapply(c(gamma = "gamma", tau = "tau", rho = "rho"), function(name) {
    if (!is.finite(value[name])) return(NULL)
    z <- rep(0, d$m)
    z[keep] <- (slopes[[name]] - sum(w * slopes[[name]]) / sum(w)) / sum(w)
    se <- sqrt(as.numeric(vcov(svytotal(~z, update(design, z = z)))))
    list(estimate = as.numeric(value[name]), se = if (abs(value[name]) > 1 - 1e-12) 0 else se)
  })
}

kinds <- c("plain", "ordered", "weighted", "extreme", "sparse", "empty", "ties", "tiny", "one_person",
           "equal", "agree_all", "ordered", "sparse", "extreme")
data <- lapply(1:42, function(seed) {
  d <- make(kinds[(seed - 1) %/% 3 + 1], seed)
  weighted <- any(d$w != 1)
  list(kind = d$kind, seed = d$seed, weighted = weighted, invited = d$N,
       y = I(ifelse(is.na(d$y), 0, d$y)), g = I(ifelse(is.na(d$g), 0, d$g)), w = I(d$w),
       shares = shares(d), first_second = contrast(d, 1, 2), overlapping = contrast(d, c(1, 2), c(2, 3)),
       mover = mover(d, c(1, 2), c(2, 3)),
       newcombe = if (!weighted) newcombe(d), table = tables(d), association = association(d))
})
write_json(data, "tests/reference/small_surveys.json")
