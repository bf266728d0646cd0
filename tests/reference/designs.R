# Stratified samples (one-person strata, extreme weights, nobody and everybody, census strata) and
# raked ones, overall and for domains. Writes designs.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

measure <- function(design, keep, y) {
  if (!any(keep)) return(NULL)
  part <- subset(update(design, agree = as.numeric(y == 1)), keep)
  mean <- svymean(~agree, part)
  list(n = sum(keep), share = as.numeric(coef(mean)), variance = as.numeric(vcov(mean)))
}

stratified <- function(seed) {
  set.seed(seed)
  m <- c(9, 24, 60, 150)[seed %% 4 + 1]
  s <- sample(4, m, TRUE, c(.1, .2, .3, .4))
  if (seed %% 3 == 0) { s[s == 1] <- 2; s[1] <- 1 }
  y <- sample(5, m, TRUE, c(.3, .25, .2, .15, .1))
  g <- sample(2, m, TRUE)
  if (seed == 7) y[g == 1] <- 1
  w <- if (seed %% 5 == 0) 10^runif(m, -2, 2) else if (seed %% 2 == 0) rep(1, m) else runif(m, .4, 2.5)
  size <- tabulate(s, 4)
  N <- if (seed %% 4 == 1) NULL else if (seed == 10) ifelse(1:4 == 2, size, 4 * size + 3) else size * c(3, 5, 2, 9) + 1
  frame <- data.frame(s = s, w = w)
  design <- if (is.null(N)) svydesign(ids = ~1, strata = ~s, weights = ~w, data = frame) else {
    frame$N <- N[s]
    svydesign(ids = ~1, strata = ~s, weights = ~w, fpc = ~N, data = frame)
  }
  list(seed = seed, tenure = I(s), wellbeing = I(y), gender = I(g), weights = I(w),
       population = if (is.null(N)) NULL else I(N),
       everybody = measure(design, rep(TRUE, m), y), women = measure(design, g == 1, y))
}

calibrated <- function(seed) {
  set.seed(100 + seed)
  m <- c(30, 80, 250)[seed %% 3 + 1]
  gender <- sample(2, m, TRUE, c(.65, .35)); tenure <- sample(4, m, TRUE); age <- sample(3, m, TRUE)
  gender[1:2] <- 1:2; tenure[1:4] <- 1:4; age[1:3] <- 1:3
  y <- pmin(5, pmax(1, round(1 + gender + rnorm(m, 0, if (seed %% 4 == 0) .4 else 1.5))))
  w <- if (seed %% 2 == 0) rep(1, m) else runif(m, .3, 3)
  N <- if (seed %% 3 == 0) NULL else 6296
  targets <- list(gender = c(.45, .55), tenure = c(.2, .3, .3, .2), age_group = c(.25, .35, .4))
  if (seed %% 5 == 0) targets <- targets[1]
  frame <- data.frame(gender = factor(gender), tenure = factor(tenure), age_group = factor(age), w = w)
  design <- if (is.null(N)) svydesign(ids = ~1, weights = ~w, data = frame) else {
    frame$N <- N
    svydesign(ids = ~1, weights = ~w, fpc = ~N, data = frame)
  }
  totals <- c(m, unlist(lapply(targets, function(t) t[-1] * m)))
  formula <- as.formula(paste("~", paste(names(targets), collapse = "+")))
  names(totals) <- colnames(model.matrix(formula, frame))
  raked <- calibrate(design, formula, totals, calfun = "raking", epsilon = 1e-14, maxit = 500)
  if (length(targets) == 1) {
    other <- postStratify(design, ~gender, data.frame(gender = factor(1:2), Freq = targets$gender * m))
    stopifnot(abs(SE(svymean(~y, update(other, y = y))) / SE(svymean(~y, update(raked, y = y))) - 1) < 1e-9)
  }
  margin <- function(name) setNames(data.frame(factor(seq_along(targets[[name]])), targets[[name]] * m), c(name, "Freq"))
  ten_times <- rake(design, lapply(names(targets), function(n) as.formula(paste("~", n))), lapply(names(targets), margin),
                    control = list(maxit = 2000, epsilon = 1e-12 * m))
  list(seed = seed, gender = I(gender), tenure = I(tenure), age_group = I(age), wellbeing = I(y), start = I(w),
       margins = I(names(targets)), invited = N,
       everybody = measure(raked, rep(TRUE, m), y), women = measure(raked, gender == 1, y),
       young = measure(raked, age == 1, y), raked = measure(ten_times, age == 1, y))
}

# Weights raked and then trimmed once by trimWeights(), which hands what it cuts off to the others
# and does not look at the margins again.
trimmed <- function(seed) {
  set.seed(200 + seed)
  m <- 80
  gender <- sample(2, m, TRUE, c(.65, .35)); tenure <- sample(4, m, TRUE, c(.3, .3, .2, .2))
  gender[1:2] <- 1:2; tenure[1:4] <- 1:4
  frame <- data.frame(gender = factor(gender), tenure = factor(tenure))
  design <- svydesign(ids = ~1, weights = rep(1, m), data = frame)
  # Bounded calibration: the nearest to raking with every weight between the bounds.
  totals <- c(m, .5 * m, .25 * m, .2 * m, .35 * m)
  names(totals) <- colnames(model.matrix(~gender + tenure, frame))
  free <- calibrate(design, ~gender + tenure, totals, calfun = "raking", epsilon = 1e-14, maxit = 500)
  high <- max(weights(free)) * c(.96, .93, .99)[seed %% 3 + 1]
  bounded <- tryCatch(calibrate(design, ~gender + tenure, totals, calfun = "raking", bounds = c(0, high), maxit = 500, epsilon = 1e-12),
                      error = function(e) NULL)
  list(seed = seed, gender = I(gender), tenure = I(tenure), high = high,
       free = I(as.numeric(weights(free))),
       once = I(as.numeric(weights(trimWeights(free, upper = high)))),
       bounded = if (is.null(bounded)) NULL else I(as.numeric(weights(bounded))))
}

write_json(list(stratified = lapply(1:40, stratified), calibrated = lapply(1:40, calibrated),
                trimmed = lapply(1:16, trimmed)), "tests/reference/designs.json")
