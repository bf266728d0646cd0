# Proportional-odds regressions of samples drawn by strata and of raked ones, domains included: Newton's
# method from where svyglm() or svyolr() stops, and vcov(svytotal()) of the influence values, which these
# two come near. Writes design_regressions.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

logistic <- function(t) 1 / (1 + exp(-t))
# Of each person the derivatives of ln P(y), and the information; theta are coefficients, then thresholds.
pieces <- function(theta, X, y, w, k) {
  p <- ncol(X); size <- p + k - 1; zeta <- theta[-(1:p)]; eta <- as.vector(X %*% theta[1:p])
  U <- matrix(0, nrow(X), size); H <- matrix(0, size, size)
  for (i in seq_len(nrow(X))) {
    ends <- lapply(c(y[i], y[i] - 1), function(cut) {
      if (cut == 0 || cut == k) return(list(F = as.numeric(cut == k), f = 0, bend = 0, a = numeric(size)))
      F <- logistic(zeta[cut] - eta[i])
      list(F = F, f = F * (1 - F), bend = F * (1 - F) * (1 - 2 * F), a = c(-X[i, ], as.numeric(seq_len(k - 1) == cut)))
    })
    up <- ends[[1]]; low <- ends[[2]]; P <- up$F - low$F
    U[i, ] <- (up$f * up$a - low$f * low$a) / P
    H <- H + w[i] * (outer(U[i, ], U[i, ]) - (up$bend * outer(up$a, up$a) - low$bend * outer(low$a, low$a)) / P)
  }
  list(U = U, H = H)
}

analyse <- function(seed) {
  set.seed(2600 + seed)
  kind <- c("strata", "weighted strata", "raked", "raked strata")[seed %% 4 + 1]
  m <- c(70, 90, 120)[seed %% 3 + 1]
  s <- sample(4, m, TRUE, c(.1, .2, .3, .4)); s[1:8] <- rep(1:4, 2)
  if (seed %% 7 == 0) { s[s == 1] <- 2; s[1] <- 1 }
  gender <- 1 + (runif(m) < c(.2, .4, .6, .8)[s]); age <- sample(3, m, TRUE); age[1:3] <- 1:3
  leader <- pmin(5, pmax(1, round(s / 2 + rnorm(m, 2, 1.2))))
  k <- c(2, 3, 4, 5)[(seed %/% 4) %% 4 + 1]
  # Of two answers one is in the set (4 and 5), of more the two highest.
  top <- if (k == 2) 4 else 5
  high <- pmin(top, pmax(top + 1 - k, round(3 + .5 * (leader - 3) + .3 * age - .2 * s + rnorm(m, 0, 1.1))))
  w <- if (kind %in% c("weighted strata", "raked strata")) round(rlnorm(m, 0, .5) * 32 + 1) / 32 else rep(1, m)
  frame <- data.frame(s, gender = factor(gender), age = factor(age), w)
  design <- svydesign(~1, strata = if (kind == "raked") NULL else ~s, weights = ~w, data = frame)
  if (seed %% 4 > 1) {
    total <- c(m, .55 * m, .35 * m, .4 * m)
    names(total) <- colnames(model.matrix(~gender + age, frame))
    design <- calibrate(design, ~gender + age, total, calfun = "raking", epsilon = 1e-14, maxit = 500)
  }
  keep <- if (seed %% 5 == 0) gender == 2 else rep(TRUE, m)
  own <- frame[keep, ]; wt <- as.numeric(weights(design))[keep]
  z <- (leader[keep] - mean(leader[keep])) / sd(leader[keep])
  X <- cbind(as.numeric(age == 2)[keep], as.numeric(age == 3)[keep], z)
  given <- sort(unique(high[keep])); k <- length(given); y <- match(high[keep], given)
  full <- matrix(0, m, 3); full[keep, ] <- X
  answer <- rep(1, m); answer[keep] <- y
  part <- subset(update(design, x1 = full[, 1], x2 = full[, 2], x3 = full[, 3], answer = answer), keep)
  if (k == 2) {
    fit <- svyglm(I(answer == 2) ~ x1 + x2 + x3, part, family = quasibinomial(),
                  control = glm.control(epsilon = 1e-15, maxit = 200))
    turn <- rbind(cbind(0, diag(3)), c(-1, 0, 0, 0))
    start <- as.numeric(turn %*% coef(fit)); errors <- sqrt(diag(turn %*% vcov(fit) %*% t(turn)))
  } else {
    fit <- svyolr(factor(answer) ~ x1 + x2 + x3, part)
    start <- as.numeric(c(coef(fit)[1:3], fit$zeta)); errors <- sqrt(diag(vcov(fit)))
  }
  theta <- start
  for (step in 1:8) {
    now <- pieces(theta, X, y, wt, k)
    theta <- theta + as.numeric(solve(now$H, colSums(wt * now$U)))
  }
  now <- pieces(theta, X, y, wt, k)
  influence <- matrix(0, m, length(theta)); influence[keep, ] <- now$U %*% solve(now$H)
  V <- as.matrix(vcov(svytotal(influence, design)))
  # svyglm() stops at about 1e-8, svyolr() earlier, whose errors are of numerical second derivatives.
  near <- if (k == 2) c(1e-7, 1e-7) else c(2e-3, .02)
  stopifnot(all(abs(start - theta) < near[1]), all(abs(errors / sqrt(diag(V)) - 1) < near[2]))
  from <- match(TRUE, given >= 4)
  stopifnot(from > 1)
  chance <- function(theta, X) 1 - logistic(theta[3 + from - 1] - as.vector(X %*% theta[1:3]))
  mean_of <- function(v) sum(wt * v) / sum(wt)
  effect <- function(theta, j) {
    if (j == 3) { q <- chance(theta, X); return(mean_of(theta[3] * q * (1 - q))) }
    without <- X; without[, 1:2] <- 0; with <- without; with[, j] <- 1
    mean_of(chance(theta, with) - chance(theta, without))
  }
  # Brant's test: the same of each cut of the answers, and a Wald test that they are equal.
  cuts <- lapply(seq_len(k - 1), function(cut) {
    two <- 1 + (y > cut); begin <- suppressWarnings(glm.fit(cbind(1, X), two - 1, wt, family = quasibinomial()))$coefficients
    if (k == 2 || max(abs(begin)) > 8) return(NULL)
    t <- as.numeric(c(begin[-1], -begin[1]))
    for (step in 1:8) { now <- pieces(t, X, two, wt, 2); t <- t + as.numeric(solve(now$H, colSums(wt * now$U))) }
    now <- pieces(t, X, two, wt, 2)
    influence <- matrix(0, m, 3); influence[keep, ] <- (now$U %*% solve(now$H))[, 1:3]
    list(slopes = t[1:3], influence = influence)
  })
  brant <- if (k > 2 && !any(sapply(cuts, is.null))) {
    B <- as.matrix(vcov(svytotal(do.call(cbind, lapply(cuts, `[[`, "influence")), design)))
    b <- unlist(lapply(cuts, `[[`, "slopes"))
    wald <- function(columns) {
      D <- do.call(rbind, lapply(seq_len(k - 2), function(cut) t(sapply(columns, function(j) {
        row <- numeric(length(b)); row[j] <- -1; row[3 * cut + j] <- 1; row }))))
      statistic <- as.numeric(t(D %*% b) %*% solve(D %*% B %*% t(D), D %*% b))
      list(statistic = statistic, df = nrow(D), p = pchisq(statistic, nrow(D), lower.tail = FALSE))
    }
    list(all = wald(1:3), last = wald(3))
  }
  list(seed = seed, brant = brant, kind = kind, domain = seed %% 5 == 0, tenure = I(s), gender = I(gender), age_group = I(age),
       leader_independence = I(6 - leader), wellbeing = I(6 - high), weights = I(w),
       coefficients = I(theta[1:3]), se = I(sqrt(diag(V))[1:3]),
       effects = lapply(1:3, function(j) {
         # A complex step has no rounding.
         gradient <- sapply(seq_along(theta), function(i) {
           up <- as.complex(theta); up[i] <- up[i] + 1e-20i
           Im(effect(up, j)) / 1e-20
         })
         list(effect = Re(effect(theta, j)), se = sqrt(as.numeric(t(gradient) %*% V %*% gradient)))
       }))
}
write_json(lapply(1:80, analyse), "tests/reference/design_regressions.json")
