# Jackknife, bootstrap and given replicate weights of small samples: as.svrepdesign(), svrepdesign().
# Rscript tests/reference/replicates.R
suppressMessages(library(survey))
source("tests/reference/write_json.R")
RNGversion("4.0.0")
options(survey.lonely.psu = "adjust", survey.drop.replicates = TRUE)
kinds <- c("BRR", "Fay", "JK1", "JK2", "JKn", "bootstrap", "SDR")

# Goodman and Kruskal's gamma of two weighted answers, pair by pair.
gamma_of <- function(w, x, y) {
  pair <- outer(w, w); sign_of <- sign(outer(x, x, "-")) * sign(outer(y, y, "-"))
  C <- sum(pair[sign_of > 0]); D <- sum(pair[sign_of < 0])
  (C - D) / (C + D)
}
measured <- function(found) list(estimate = as.numeric(coef(found)), se = as.numeric(SE(found)))
measure <- function(design) list(
  share = measured(svymean(~agrees, design)),
  women = measured(svymean(~agrees, subset(design, gender == 1))),
  gamma = measured(withReplicates(design, function(w, d) gamma_of(w, d$pressure, d$wellbeing))))

samples <- lapply(1:80, function(seed) {
  set.seed(seed)
  n <- sample(14:30, 1)
  stratified <- seed %% 2 == 0; finite <- seed %% 3 != 0; weighted <- seed %% 4 > 1
  # Every sixth stratified sample has a stratum of one.
  stratum <- if (stratified) rep(1:3, length.out = n) else rep(1, n)
  if (seed %% 12 == 0) stratum <- c(rep(1:2, length.out = n - 1), 3)
  d <- data.frame(id = 1:n, stratum, gender = rep(1:2, length.out = n)[sample(n)],
                  pressure = sample(5, n, TRUE), wellbeing = sample(5, n, TRUE))
  d$wellbeing[1:2] <- c(1, 5)
  d$pressure[1:2] <- c(5, 1)
  d$agrees <- as.numeric(d$wellbeing <= 2)
  # In 32nds, so that they take little room.
  d$weight <- if (weighted) round(rlnorm(n, 0, .6) * 32 + 1) / 32 else rep(1, n)
  invited <- tapply(d$id, d$stratum, length) * 3 + 2
  if (seed %% 24 == 4) invited[1] <- invited[1] / 1 - (2 * sum(d$stratum == 1) + 2)
  d$invited <- if (stratified) as.numeric(invited[as.character(d$stratum)]) else n * 3
  design <- svydesign(~id, strata = if (stratified) ~stratum, weights = ~weight, data = d,
                      fpc = if (finite) ~invited)
  jackknife <- as.svrepdesign(design, type = if (stratified) "JKn" else "JK1", mse = TRUE)
  # The own replicates of a file: how often each was drawn, for every kind of variance.
  drawn <- sapply(1:8, function(r) tabulate(sample(n, n, TRUE), n)) + 1
  kind <- kinds[1 + seed %% length(kinds)]
  scales <- round(runif(8, .5, 1) * 64) / 64
  type <- if (kind == "SDR") "successive-difference" else kind
  own <- suppressWarnings(svrepdesign(
    variables = d, weights = d$weight, repweights = drawn * d$weight, type = type,
    combined.weights = TRUE, rho = if (kind == "Fay") .3,
    rscales = if (kind == "JKn") scales, mse = seed %% 5 == 0))
  raked <- if (seed %% 24 != 4) {
    target <- c(`(Intercept)` = n, "factor(gender)2" = n * .6)
    measured(svymean(~agrees, calibrate(jackknife, ~factor(gender), target, calfun = "raking",
                                        epsilon = 1e-14, maxit = 500)))
  }
  list(seed = seed, stratified = stratified, finite = finite,
       stratum = I(d$stratum), gender = I(d$gender), pressure = I(d$pressure),
       wellbeing = I(d$wellbeing), weights = I(d$weight),
       invited = I(if (stratified) as.numeric(invited) else n * 3),
       jackknife = measure(jackknife), df = if (!stratified) n - 1 else n - 3, raked = raked,
       own = list(kind = kind, mse = seed %% 5 == 0, scales = if (kind == "JKn") I(scales),
                  drawn = lapply(1:8, function(r) I(drawn[, r])), found = measure(own)))
})
write_json(samples, "tests/reference/replicates.json")
