# 48 shares over 2 to 5 ordered groups: Cochran and Armitage's test, for people by prop.trend.test(), with
# weights and strata as a contrast of svyby(covmat = TRUE). Writes trends.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

trend <- function(seed) {
  set.seed(1200 + seed)
  m <- c(40, 120, 400)[seed %% 3 + 1]
  G <- 2 + seed %% 4
  kind <- c("plain", "weighted", "strata", "both")[seed %% 4 + 1]
  g <- sample(G, m, TRUE); g[seq_len(G)] <- seq_len(G)
  s <- sample(4, m, TRUE, c(.1, .2, .3, .4)); s[1:8] <- rep(1:4, 2)
  y <- as.numeric(runif(m) < plogis(c(0, .4, -.7)[seed %% 3 + 1] * (g - 2) + (s - 2.5) / 2))
  w <- if (kind %in% c("weighted", "both")) round(exp(rnorm(m, 0, .7)), 3) else rep(1, m)
  frame <- data.frame(y, g = factor(g), s, w)
  x <- seq_len(G)
  if (kind == "plain") {
    count <- tapply(y, g, sum); n <- tapply(y, g, length)
    test <- suppressWarnings(prop.trend.test(count, n))
    fit <- lm(I(count / n) ~ x, weights = n)
    slope <- as.numeric(coef(fit)[2])
    z <- sign(slope) * sqrt(as.numeric(test$statistic)); p <- as.numeric(test$p.value)
  } else {
    design <- if (kind == "weighted") svydesign(ids = ~1, weights = ~w, data = frame) else
      svydesign(ids = ~1, strata = ~s, weights = ~w, data = frame)
    by <- svyby(~y, ~g, design, svymean, covmat = TRUE)
    share <- as.numeric(coef(by)); V <- as.matrix(vcov(by))
    varies <- share > 1e-12 & share < 1 - 1e-12 & diag(V) > 1e-25
    kish <- sapply(x, function(k) sum(w[g == k])^2 / sum(w[g == k]^2))
    n <- ifelse(varies, share * (1 - share) / diag(V), kish)
    R <- V / sqrt(outer(diag(V), diag(V))); R[!varies, ] <- 0; R[, !varies] <- 0; diag(R) <- 1
    pooled <- sum(n * share) / sum(n)
    e <- sqrt(pooled * (1 - pooled) / n)
    fit <- lm(share ~ x, weights = n)
    slope <- as.numeric(coef(fit)[2])
    a <- n * (x - sum(n * x) / sum(n))
    z <- sum(a * share) / sqrt(as.numeric(t(a * e) %*% R %*% (a * e))); p <- 2 * pnorm(-abs(z))
  }
  list(seed = seed, kind = kind, groups = G, g = I(g), s = I(s), y = I(y), w = I(w), slope = slope, z = z, p = p)
}
write_json(lapply(1:48, trend), "tests/reference/trends.json")
