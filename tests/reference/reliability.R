# 66 weighted shares with standard error, design effect and Korn and Graubard's interval in survey, and
# NCHS's presentation standards for proportions as CDC's package surveytable applies them to these
# (its rules, from its documentation and source, written anew: Px not shown, Pc complement, Pdf degrees of
# freedom, P0 none or all). Writes reliability.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

judge <- function(p, n, x, se, width, df) {
  edge <- x == 0 || x == n
  size <- if (edge) n else min(n, p * (1 - p) / se^2)
  w <- if (edge) 0 else width
  shown <- size >= 30 && (w <= .05 || (w < .30 && w / p <= 1.30))
  if (!shown) return("Px")
  flags <- c(if (w > .05 && w / (1 - p) > 1.30) "Pc", if (df < 8) "Pdf", if (edge) "P0")
  paste(flags, collapse = " ")
}
share <- function(seed) {
  set.seed(900 + seed)
  m <- c(25, 60, 150, 400, 1500)[seed %% 5 + 1]
  rate <- c(.5, .08, .3, .95, .02, .8)[seed %% 6 + 1]
  w <- if (seed %% 4 == 0) rep(1.5, m) else exp(rnorm(m, 0, c(.3, .6, 1)[seed %% 3 + 1]))
  y <- as.numeric(runif(m) < rate)
  if (seed %in% c(7, 8)) y[] <- 0
  if (seed == 9) y[] <- 1
  inside <- if (seed %% 2) rep(TRUE, m) else runif(m) < .7
  # A domain of few people, all of them of great effect, has few degrees of freedom and a share of 1.
  design <- svydesign(ids = ~1, weights = ~w, data = data.frame(y, w))
  part <- subset(design, inside)
  mean <- svymean(~y, part)
  p <- as.numeric(coef(mean)); se <- as.numeric(SE(mean)); n <- sum(inside); x <- sum(y[inside])
  varies <- x > 0 && x < n
  beta <- if (varies) as.numeric(confint(svyciprop(~y, part, method = "beta"))) else c(p, p)
  df <- n - 1
  list(n = n, count = x, w = I(c(sum((w * y)[inside]), sum(w[inside]))), w2 = I(c(sum((w^2 * y)[inside]), sum(w[inside]^2))),
       m = m, se = if (varies) se else 0,
       deff = if (varies) as.numeric(deff(svymean(~y, part, deff = "replace"))) else NULL,
       flags = judge(p, n, x, se, beta[2] - beta[1], df))
}
write_json(lapply(1:66, share), "tests/reference/reliability.json")
