# The association analysis of data/responses.csv, for everybody, for domains and with weights:
# MASS::polr, car-like variance inflation, Brant's test, average marginal effects with the delta
# method by differences. Writes association.json.
suppressMessages({ library(MASS); library(survey) })
source("tests/reference/write_json.R")
source("tests/reference/brant.R")

data <- read.csv("data/responses.csv", colClasses = "character", encoding = "UTF-8")
agreement <- c("Helt uenig", "Uenig", "Hverken enig eller uenig", "Enig", "Helt enig")
partly <- c("Helt uenig", "Delvist uenig", "Hverken enig eller uenig", "Delvist enig", "Helt enig")
wellbeing <- c("Meget uenig", agreement[-1])
factor_of <- function(x, labels, ids, reference = ids[1]) relevel(factor(x, labels, ids), reference)
d <- data.frame(
  y = match(data$wellbeing, wellbeing),
  pressure = factor_of(ifelse(data$pressure_change %in% c("Meget ofte", "Ofte"), "a",
                              ifelse(data$pressure_change == "En gang i mellem", "b", "c")),
                       c("a", "b", "c"), c("often", "once_in_a_while", "rarely_or_never"), "rarely_or_never"),
  gender = factor_of(data$gender, c("Kvinde", "Mand"), c("woman", "man")),
  age_group = factor_of(data$age_group, c("25-39", "40-54", "55+"), c("age_25_39", "age_40_54", "age_55_plus")),
  tenure = factor_of(data$tenure, c("0-2 år", "3-5 år", "6-10 år", "11+ år"),
                     c("years_0_2", "years_3_5", "years_6_10", "years_11_plus")),
  municipality_size = factor_of(data$municipality_size, c("Under 30.000", "30.000-59.999", "60.000-99.999", "100.000+"),
                                c("under_30000", "from_30000_to_59999", "from_60000_to_99999", "from_100000")),
  role = factor_of(paste(data$serves_politicians, data$makes_decisions), c("1 0", "1 1", "0 1", "0 0"),
                   c("serves_only", "both", "decides_only", "neither"), "neither"),
  leader_independence = match(data$leader_independence, agreement),
  workload_quality = match(data$workload_quality, partly),
  time_pressure = match(data$time_pressure, partly))
stopifnot(!is.na(d[, 2:7]))
factors <- names(d)[2:7]
scores <- names(d)[8:10]

design_of <- function(d) {
  dummies <- lapply(factors, function(v) {
    f <- droplevels(d[[v]])
    x <- sapply(levels(f)[-1], function(level) as.numeric(f == level))
    if (length(x)) { colnames(x) <- paste0(v, ":", colnames(x)); x }
  })
  known <- lapply(scores, function(v) {
    z <- (d[[v]] - mean(d[[v]], na.rm = TRUE)) / sd(d[[v]], na.rm = TRUE)
    missing <- is.na(z); z[missing] <- 0
    x <- cbind(z, if (any(missing)) as.numeric(missing))
    colnames(x) <- c(v, if (any(missing)) paste0(v, ":dont_know")); x
  })
  do.call(cbind, c(dummies, known))
}

analyse <- function(name, keep, weights = NULL, complete = FALSE) {
  keep <- keep & !is.na(d$y)
  if (complete) keep <- keep & complete.cases(d[, scores])
  own <- d[keep, ]
  X <- design_of(own)
  given <- sort(unique(own$y)); k <- length(given)
  y <- match(own$y, given)
  w <- if (is.null(weights)) rep(1, nrow(own)) else weights[keep]
  frame <- data.frame(y = factor(y), w = w)
  centre <- colMeans(X); scale <- apply(X, 2, sd)
  Z <- sweep(sweep(X, 2, centre), 2, scale, "/")
  again <- function(...) polr(y ~ Z, weights = w, data = data.frame(frame, Z = I(Z)), Hess = TRUE,
                              control = list(reltol = 1e-16, maxit = 5000), ...)
  fit <- suppressWarnings(Reduce(function(fit, i) again(start = c(coef(fit), fit$zeta)), 1:10, again()))
  theta_z <- c(coef(fit), fit$zeta)
  p <- ncol(X)
  J <- rbind(cbind(diag(1 / scale), matrix(0, p, k - 1)),
             cbind(matrix(centre / scale, k - 1, p, byrow = TRUE), diag(k - 1)))
  theta <- as.numeric(J %*% theta_z)
  # Chance of each person's answer, and so of the score, by differences.
  loglik <- function(theta) {
    eta <- as.vector(X %*% theta[1:p]); zeta <- c(-Inf, theta[-(1:p)], Inf)
    log(plogis(zeta[y + 1] - eta) - plogis(zeta[y] - eta))
  }
  stopifnot(abs(sum(w * loglik(theta)) - as.numeric(logLik(fit))) < 1e-6)
  V <- J %*% vcov(fit) %*% t(J)
  if (!is.null(weights)) {
    u <- sapply(seq_along(theta), function(j) {
      h <- 1e-5; up <- down <- theta; up[j] <- up[j] + h; down[j] <- down[j] - h
      w * (loglik(up) - loglik(down)) / (2 * h)
    })
    # Zero for everybody outside the domain, who belong to the sample all the same.
    influence <- matrix(0, nrow(d), length(theta)); influence[keep, ] <- u %*% V
    V <- vcov(svytotal(influence, svydesign(ids = ~1, weights = rep(1, nrow(d)), data = d)))
    other <- svyolr(y ~ Z, design = svydesign(ids = ~1, weights = ~w, data = data.frame(frame, Z = I(Z))))
    stopifnot(all(abs(coef(other)[1:p] / scale - theta[1:p]) < 1e-3),
              all(abs(sqrt(diag(vcov(other)))[1:p] / scale / sqrt(diag(V))[1:p] - 1) < .01))
  }
  from <- match(TRUE, given >= 4)
  chance <- function(theta, X) 1 - plogis(theta[p + from - 1] - as.vector(X %*% theta[1:p]))
  variable <- sub(":.*", "", colnames(X))
  effect <- function(theta, j) {
    if (!grepl(":", colnames(X)[j])) { q <- chance(theta, X); return(weighted.mean(theta[j] * q * (1 - q), w)) }
    without <- X; without[, variable == variable[j]] <- 0
    with <- without; with[, j] <- 1
    weighted.mean(chance(theta, with) - chance(theta, without), w)
  }
  se <- sqrt(diag(V))
  bare <- polr(y ~ 1, weights = w, data = frame)
  list(name = name, complete = complete, n = nrow(own), log_likelihood = sum(w * loglik(theta)),
       null_log_likelihood = as.numeric(logLik(bare)),
       rows = lapply(seq_len(p), function(j) {
         gradient <- sapply(seq_along(theta), function(i) {
           h <- 1e-5; up <- down <- theta; up[i] <- up[i] + h; down[i] <- down[i] - h
           (effect(up, j) - effect(down, j)) / (2 * h)
         })
         list(term = colnames(X)[j], coefficient = theta[j], se = se[j],
              odds_ratio = exp(theta[j]), low = exp(theta[j] - qnorm(.975) * se[j]), high = exp(theta[j] + qnorm(.975) * se[j]),
              p = 2 * pnorm(-abs(theta[j] / se[j])),
              effect = effect(theta, j), effect_se = sqrt(as.numeric(t(gradient) %*% V %*% gradient)),
              vif = 1 / (1 - summary(lm(X[, j] ~ X[, -j]))$r.squared))
       }),
       brant = if (is.null(weights)) tryCatch(brant(list(k = k, x = unname(X), y = y, w = w))$all, error = function(e) NULL))
}

everybody <- rep(TRUE, nrow(d))
weights <- c(.6, .9, 1.2, 1.5)[as.integer(d$tenure)] * c(1, 1.7)[as.integer(d$gender)]
write_json(list(
  analyse("everybody", everybody),
  analyse("women", d$gender == "woman"),
  analyse("serves", d$role %in% c("serves_only", "both")),
  analyse("weighted", everybody, weights),
  analyse("weighted women", d$gender == "woman", weights),
  analyse("everybody complete", everybody, complete = TRUE),
  analyse("women complete", d$gender == "woman", complete = TRUE),
  analyse("weighted complete", everybody, weights, complete = TRUE)
), "tests/reference/association.json")
