# 42 small surveys (sparse, empty categories, extreme weights, groups of one person, ties
# everywhere, with and without a finite population) and what R makes of them: shares and their
# intervals, differences, tests of tables, ordinal association. Writes small_surveys.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
source("tests/reference/score_difference.R")
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

# The difference of two groups, which may have members in common. Differences and tests have no finite
# population correction.
contrast <- function(d, first, second) {
  y1 <- as.numeric(!is.na(d$y) & d$y == 1)
  inside <- function(of) as.numeric(!is.na(d$y) & !is.na(d$g) & d$g %in% of)
  score_of_ratios(svy(endless(d)), y1, inside(first), y1, inside(second), d$w, plain = all(d$w == 1))
}
endless <- function(d) { d["N"] <- list(NULL); d }

chi_square <- function(d) {
  x <- sapply(1:2, function(k) sum(d$y == 1 & d$g == k, na.rm = TRUE))
  n <- sapply(1:2, function(k) sum(!is.na(d$y) & d$g == k, na.rm = TRUE))
  if (any(n == 0)) return(NULL)
  test <- suppressWarnings(prop.test(x, n, correct = FALSE))
  list(chi_square = or_null(as.numeric(test$statistic)), p = or_null(test$p.value))
}

tables <- function(d) {
  keep <- !is.na(d$y) & !is.na(d$g)
  frame <- table(d$g[keep], d$y[keep])
  if (any(dim(frame) < 2)) return(NULL)
  plain <- suppressWarnings(chisq.test(frame, correct = FALSE))
  design <- update(svy(endless(d)), y = factor(y), g = factor(g))
  part <- subset(design, keep)
  part <- update(part, y = droplevels(y), g = droplevels(g))
  # Too many empty places leave svychisq() without an answer.
  f <- tryCatch(suppressWarnings(svychisq(~g + y, part, statistic = "F")), error = function(e) NULL)
  plain_part <- list(pearson = as.numeric(plain$statistic), df = as.numeric(plain$parameter),
                     p = plain$p.value, least = min(plain$expected))
  if (is.null(f)) return(plain_part)
  c(plain_part, list(f = as.numeric(f$statistic), f_df1 = as.numeric(f$parameter[1]),
                     f_df2 = as.numeric(f$parameter[2]), f_p = as.numeric(f$p.value)))
}

# Gamma and tau-b person by person: each pair of people is looked at.
measures <- function(x, y, w) {
  W <- sum(w); sx <- sign(outer(x, x, "-")); sy <- sign(outer(y, y, "-"))
  up <- (sx * sy > 0) * 1; down <- (sx * sy < 0) * 1
  C <- sum(outer(w, w) * up) / W^2; D <- sum(outer(w, w) * down) / W^2
  tx <- sum(outer(w, w) * (sx != 0)) / W^2; ty <- sum(outer(w, w) * (sy != 0)) / W^2
  c(gamma = (C - D) / (C + D), tau = (C - D) / sqrt(tx * ty))
}
influence <- function(x, y, w) {
  W <- sum(w); sx <- sign(outer(x, x, "-")); sy <- sign(outer(y, y, "-"))
  each <- function(z) as.vector(z %*% w) / W
  A <- each((sx * sy > 0) * 1); B <- each((sx * sy < 0) * 1)
  mean <- function(z) sum(w * z) / W
  C <- mean(A); D <- mean(B)
  Tx <- each((sx != 0) * 1); Ty <- each((sy != 0) * 1); tx <- mean(Tx); ty <- mean(Ty)
  value <- (C - D) / sqrt(tx * ty)
  list(gamma = 4 * (D * A - C * B) / (C + D)^2,
       tau = 2 * (A - B) / sqrt(tx * ty) - value * (Tx / tx + Ty / ty))
}
association <- function(d) {
  keep <- !is.na(d$y) & !is.na(d$g)
  x <- d$g[keep]; y <- d$y[keep]; w <- d$w[keep]
  if (length(unique(x)) < 2 || length(unique(y)) < 2) return(NULL)
  value <- measures(x, y, w)
  if (d$kind %in% c("plain", "ordered", "one_person")) {
    stopifnot(abs(value["tau"] - cor(x, y, method = "kendall")) < 1e-12)
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
  design <- svy(endless(d))
  lapply(c(gamma = "gamma", tau = "tau"), function(name) {
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
       prop_test = if (!weighted) chi_square(d), table = tables(d), association = association(d))
})
write_json(data, "tests/reference/small_surveys.json")
