# Proportional-odds regressions, marginal effects, Brant's test, variance inflation, Cronbach's
# alpha and raking on small data sets. Writes regression.json.
suppressMessages({ library(MASS); library(survey) })
source("tests/reference/write_json.R")
source("tests/reference/brant.R")
RNGversion("4.0.0")

make <- function(seed) {
  set.seed(seed)
  n <- c(40, 60, 90, 150, 300)[seed %% 5 + 1]
  k <- c(2, 3, 4, 5)[seed %% 4 + 1]
  x <- cbind(a = rnorm(n), b = as.numeric(runif(n) < .4), c = sample(5, n, TRUE) * 10 + 100)
  if (seed %% 3 == 0) x[, "a"] <- round(x[, "a"])
  if (seed %% 3 == 1) x <- cbind(x, d = x[, "a"] + rnorm(n, 0, .4))
  eta <- .8 * x[, "a"] - 1.1 * x[, "b"] + .02 * x[, "c"] + rlogis(n)
  y <- as.integer(cut(eta, quantile(eta, c(0, if (k == 5) c(.05, .1, .5, .9) else seq_len(k - 1) / k, 1)), include.lowest = TRUE))
  w <- if (seed %% 2 == 0) rep(1, n) else sample(3, n, TRUE)
  list(n = n, k = k, x = x, y = y, w = w)
}

regression <- function(seed) {
  d <- make(seed)
  frame <- data.frame(y = factor(d$y), weight = d$w)
  names <- colnames(d$x)
  # Standardised inside, so that optim() comes as close as it can.
  centre <- colMeans(d$x); scale <- apply(d$x, 2, sd)
  z <- sweep(sweep(d$x, 2, centre), 2, scale, "/")
  if (d$k == 2) {
    fit <- glm(y == 2 ~ z, family = binomial, weights = weight, data = frame,
               control = glm.control(epsilon = 1e-15, maxit = 100))
    beta <- coef(fit)[-1] / scale
    zeta <- -coef(fit)[1] + sum(beta * centre)
    loglik <- sum(d$w * log(ifelse(d$y == 2, fitted(fit), 1 - fitted(fit))))
    # The information at the end: vcov() has that of the step before the last, off by 1e-9.
    X <- cbind(1, d$x)
    V <- solve(t(X) %*% (X * d$w * fitted(fit) * (1 - fitted(fit))))
    order <- c(seq_along(names) + 1, 1)
    se <- sqrt(diag(V))[order]
  } else {
    # Again from the end, a few times: optim() stops where the likelihood changes by too little.
    again <- function(...) polr(y ~ z, weights = weight, data = data.frame(frame, z = I(z)), Hess = TRUE,
                                control = list(reltol = 1e-16, maxit = 2000), ...)
    fit <- Reduce(function(fit, i) again(start = c(coef(fit), fit$zeta)), 1:8, again())
    beta <- coef(fit) / scale
    zeta <- fit$zeta + sum(beta * centre)
    loglik <- as.numeric(logLik(fit))
    J <- rbind(cbind(diag(1 / scale), matrix(0, length(beta), d$k - 1)),
               cbind(matrix(centre / scale, d$k - 1, length(beta), byrow = TRUE), diag(d$k - 1)))
    V <- J %*% vcov(fit) %*% t(J)
    se <- sqrt(diag(V))
  }
  theta <- c(beta, zeta)
  if (d$k == 2) { V <- V[order, order]; V[nrow(V), ] <- -V[nrow(V), ]; V[, ncol(V)] <- -V[, ncol(V)] }
  # Chance of the two highest answers, and its average marginal effects.
  from <- max(2, d$k - 1)
  chance <- function(theta, x) 1 - plogis(theta[length(beta) + from - 1] - as.vector(x %*% theta[seq_along(beta)]))
  effect <- function(theta, j) {
    if (all(d$x[, j] %in% 0:1)) {
      one <- zero <- d$x; one[, j] <- 1; zero[, j] <- 0
      return(weighted.mean(chance(theta, one) - chance(theta, zero), d$w))
    }
    p <- chance(theta, d$x)
    weighted.mean(theta[j] * p * (1 - p), d$w)
  }
  effects <- lapply(seq_along(names), function(j) {
    gradient <- sapply(seq_along(theta), function(i) {
      h <- 1e-5 * max(1e-3, abs(theta[i])); up <- down <- theta
      up[i] <- up[i] + h; down[i] <- down[i] - h
      (effect(up, j) - effect(down, j)) / (2 * h)
    })
    list(effect = effect(theta, j), se = sqrt(as.numeric(t(gradient) %*% V %*% gradient)))
  })
  list(seed = seed, categories = d$k, names = names, x = unname(d$x), y = I(d$y), w = I(d$w),
       coefficients = I(as.numeric(beta)), thresholds = I(as.numeric(zeta)), log_likelihood = loglik,
       se = I(as.numeric(se)), from = from, effects = effects, brant = if (d$k > 2) brant(d),
       vif = I(sapply(seq_along(names), function(j) 1 / (1 - summary(lm(d$x[, j] ~ d$x[, -j]))$r.squared))))
}

alpha <- function(seed) {
  set.seed(seed)
  n <- c(3, 12, 40, 80)[seed %% 4 + 1]; k <- 2 + seed %% 3
  base <- rnorm(n)
  items <- sapply(seq_len(k), function(j) pmin(5, pmax(1, round(3 + base + rnorm(n)))))
  if (seed %% 2 == 0) items[runif(length(items)) < .1] <- NA
  complete <- items[rowSums(is.na(items)) == 0, , drop = FALSE]
  n <- nrow(complete)
  value <- k / (k - 1) * (1 - sum(apply(complete, 2, var)) / var(rowSums(complete)))
  list(items = { items[is.na(items)] <- 0; unname(items) }, n = n, alpha = value,
       low = 1 - (1 - value) * qf(.975, n - 1, (n - 1) * (k - 1)),
       high = 1 - (1 - value) * qf(.025, n - 1, (n - 1) * (k - 1)))
}

raking <- function(seed) {
  set.seed(seed)
  n <- c(20, 60, 200)[seed %% 3 + 1]
  g <- sample(2, n, TRUE, c(.3, .7)); t <- sample(4, n, TRUE, c(.1, .2, .3, .4))
  a <- sample(3, n, TRUE)
  t[1:4] <- 1:4; g[1:2] <- 1:2; a[1:3] <- 1:3
  targets <- list(gender = c(.45, .55), tenure = c(.2, .3, .3, .2), age = c(.25, .35, .4))
  frame <- data.frame(g = factor(g), t = factor(t), a = factor(a), w = 1)
  margin <- function(name, shares) setNames(data.frame(factor(seq_along(shares)), shares * n), c(name, "Freq"))
  raked <- rake(svydesign(ids = ~1, weights = ~w, data = frame), list(~g, ~t, ~a),
                list(margin("g", targets$gender), margin("t", targets$tenure), margin("a", targets$age)),
                control = list(maxit = 5000, epsilon = 1e-13 * n, verbose = FALSE))
  list(gender = I(g), tenure = I(t), age_group = I(a), weights = I(as.numeric(weights(raked))))
}

# Two answers that a column tells apart without fail, nearly, or for some people only. Where there is
# no finite maximum, glm() goes on for as long as it is let.
separation <- function(seed) {
  set.seed(400 + seed)
  n <- c(12, 30, 60)[seed %% 3 + 1]
  kind <- c("complete", "quasi", "none", "dummy")[seed %% 4 + 1]
  a <- round(rnorm(n), 1); b <- as.numeric(runif(n) < .4); b[1:4] <- c(0, 1, 0, 1)
  y <- switch(kind, complete = as.integer(a > .1), quasi = as.integer(a > 0 | (a == 0 & runif(n) < .5)),
              none = as.integer(a + rnorm(n) * 2 > 0), dummy = ifelse(b == 1, 1L, as.integer(runif(n) < .5)))
  if (kind == "quasi") { a[1:2] <- 0; y[1:2] <- 0:1 }
  if (kind == "none") { a[1:4] <- c(-2, 2, -2, 2); y[1:4] <- c(1L, 0L, 0L, 1L) }
  if (kind == "dummy") y[c(1, 3)] <- 0:1
  size <- function(maxit) {
    max(abs(coef(suppressWarnings(glm(y ~ a + b, family = binomial, control = glm.control(epsilon = 1e-300, maxit = maxit))))))
  }
  list(seed = seed, kind = kind, x = unname(cbind(a, b)), y = I(y + 1), separated = size(22) - size(12) > 2)
}

write_json(list(separation = lapply(1:12, separation), regressions = lapply(1:12, regression), alpha = lapply(1:8, alpha), raking = lapply(1:6, raking)),
           "tests/reference/regression.json")
