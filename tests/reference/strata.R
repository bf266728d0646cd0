# What is said of samples drawn by strata beside single shares: intervals and design effects, the
# differences of two groups, of a group and the rest, of groups that overlap and of two questions,
# Rao and Scott's test, gamma and tau-b, standardised residuals, trends, means and medians; and the same of
# the same samples raked to two margins. With strata of one person, extreme weights, and strata that
# answered whole. Writes strata.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
source("tests/reference/score_difference.R")
source("tests/reference/table_measures.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

# The contrast of a share over the groups that x makes, as trends.R has it.
trend_of <- function(design, agree, x, keep, w) {
  there <- sort(unique(x[keep])); G <- length(there); steps <- seq_len(G)
  # svyby(covmat = TRUE) takes no part of a calibrated design: the same from the linearised values.
  inside <- sapply(there, function(k) as.numeric(keep & x == k))
  share <- colSums(w * agree * inside) / colSums(w * inside)
  Z <- sweep(inside * outer(agree, share, "-"), 2, colSums(w * inside), "/")
  V <- as.matrix(vcov(svytotal(Z, design)))
  varies <- share > 1e-12 & share < 1 - 1e-12 & diag(V) > 1e-25
  kish <- sapply(there, function(k) sum(w[keep & x == k])^2 / sum(w[keep & x == k]^2))
  n <- ifelse(varies, share * (1 - share) / diag(V), kish)
  R <- V / sqrt(outer(diag(V), diag(V))); R[!varies, ] <- 0; R[, !varies] <- 0; diag(R) <- 1
  pooled <- sum(n * share) / sum(n); e <- sqrt(pooled * (1 - pooled) / n)
  a <- n * (steps - sum(n * steps) / sum(n))
  list(groups = I(there), slope = as.numeric(coef(lm(share ~ steps, weights = n))[2]),
       z = sum(a * share) / sqrt(as.numeric(t(a * e) %*% R %*% (a * e))))
}

# Of the places of the table of x and y, p[ij] - p[i]p[j] over its linearised standard error.
residuals_of <- function(design, x, y, keep) {
  rows <- sort(unique(x[keep])); columns <- sort(unique(y[keep]))
  # Outside the table any place will do, which a calibrated design does not leave out of its residuals.
  place <- interaction(factor(match(x, rows, 1)), factor(match(y, columns, 1)), lex.order = TRUE)
  mean <- svymean(~place, subset(update(design, place = place), keep))
  p <- matrix(as.numeric(coef(mean)), length(rows), byrow = TRUE); V <- as.matrix(vcov(mean))
  lapply(seq_along(rows), function(i) I(sapply(seq_along(columns), function(j) {
    slope <- -outer(as.numeric(seq_along(rows) == i) * sum(p[, j]), rep(1, length(columns))) -
      outer(rep(1, length(rows)), as.numeric(seq_along(columns) == j) * sum(p[i, ]))
    slope[i, j] <- slope[i, j] + 1
    slope <- as.numeric(t(slope))
    (p[i, j] - sum(p[i, ]) * sum(p[, j])) / sqrt(as.numeric(t(slope) %*% V %*% slope))
  })))
}

sample_of <- function(seed) {
  set.seed(300 + seed)
  m <- c(24, 60, 150, 200)[seed %% 4 + 1]
  s <- sample(4, m, TRUE, c(.1, .2, .3, .4))
  if (seed %% 3 == 0) { s[s == 1] <- 2; s[1] <- 1 }
  # Groups and answers differ between strata, so that these matter.
  gender <- 1 + (runif(m) < c(.2, .4, .6, .8)[s])
  age <- sample(3, m, TRUE); gender[1:2] <- 1:2; age[1:3] <- 1:3
  serves <- sample(2, m, TRUE); decides <- ifelse(runif(m) < .5, serves, sample(2, m, TRUE))
  y <- pmin(5, pmax(1, round(s / 1.5 + gender / 2 + rnorm(m, .5, 1.2))))
  x <- pmin(5, pmax(1, 6 - round(y / 2 + rnorm(m, 2, 1.2))))
  # A table with too many empty places has no test.
  if (m < 100) { y <- pmin(y, 3); x <- pmax(x, 3) }
  y[sample(m, 2)] <- 0; x[sample(m, 2)] <- 0
  w <- if (seed %% 5 == 0) 10^runif(m, -2, 2) else if (seed %% 2 == 0) rep(1, m) else runif(m, .4, 2.5)
  size <- tabulate(s, 4)
  N <- if (seed %% 4 == 1) NULL else if (seed == 10) ifelse(1:4 == 2, size, 4 * size + 3) else size * c(3, 5, 2, 9) + 1
  frame <- data.frame(s, w, gender = factor(gender), age, serves, decides, x, y,
                      agree = as.numeric(y %in% 1:2), often = as.numeric(x %in% 1:3),
                      answered = as.numeric(y > 0), asked = as.numeric(x > 0))
  if (!is.null(N)) frame$N <- N[s]
  drawn <- function(fpc) if (is.null(N) || !fpc) svydesign(ids = ~1, strata = ~s, weights = ~w, data = frame) else
    svydesign(ids = ~1, strata = ~s, weights = ~w, fpc = ~N, data = frame)
  design <- drawn(TRUE)

  own <- function(keep) {
    part <- subset(design, keep & y > 0)
    mean <- svymean(~agree, part)
    p <- as.numeric(coef(mean)); v <- as.numeric(vcov(mean)); df <- degf(part)
    if (p == 0 || p == 1 || df < 1) return(NULL)
    list(share = p, variance = v,
         logit = I(plogis(log(p / (1 - p)) + c(-1, 1) * qt(.975, df) * sqrt(v) / (p * (1 - p)))),
         beta = I(as.numeric(confint(svyciprop(~agree, part, method = "beta")))),
         deff = as.numeric(deff(svymean(~agree, subset(drawn(FALSE), keep & y > 0), deff = "replace"))))
  }
  # Differences and tests have no finite population correction.
  # The means of the youngest and of the others, from the linearised values.
  apart <- function(free, w) {
    inside <- cbind(y > 0 & age == 1, y > 0 & age > 1) * 1
    means <- colSums(w * y * inside) / colSums(w * inside)
    Z <- sweep(inside * outer(y, means, "-"), 2, colSums(w * inside), "/")
    difference <- means[1] - means[2]; se <- as.numeric(SE(svytotal(Z[, 1] - Z[, 2], free)))
    # As svyttest(), which takes no part of a calibrated design.
    df <- degf(subset(free, y > 0)) - 1; p <- 2 * pt(-abs(difference / se), df)
    if (is.null(free$postStrata)) {
      test <- svyttest(y ~ I(age == 1), subset(free, y > 0))
      stopifnot(abs(test$p.value / p - 1) < 1e-6, test$parameter == df)
    }
    list(difference = difference, half = qt(.975, df) * se, p = p)
  }
  told <- function(design, free) {
    w <- as.numeric(weights(free)); both <- x > 0 & y > 0
    ratios <- function(y1, in1, y2, in2) score_of_ratios(free, y1, as.numeric(in1), y2, as.numeric(in2), w)
    between <- function(part) ratios(frame$agree, y > 0 & part %in% 1, frame$agree, y > 0 & part %in% 2)
    there <- function(v) { known <- sort(unique(v[both])); factor(ifelse(v %in% known, v, known[1]), known) }
    table <- subset(update(free, x = there(x), y = there(y)), both)
    chi <- tryCatch(svychisq(~x + y, table, statistic = "F"), error = function(e) NULL)
    given <- subset(design, y > 0); mean <- svymean(~y, given)
    median <- svyquantile(~y, given, .5, qrule = "school", df = degf(given))$y
    list(genders = between(gender), rest = between(ifelse(age == 1, 1, 2)),
         roles = ratios(frame$agree, decides == 1 & y > 0, frame$agree, serves == 1 & y > 0),
         of_questions = ratios(frame$agree, y > 0, frame$often, x > 0),
         test = if (is.null(chi)) NULL else
           # Of a part of a calibrated design svychisq() counts the degrees of freedom of everybody.
           with(list(F = as.numeric(chi$statistic), df = as.numeric(chi$parameter[1])),
                list(statistic = F, df = df, df2 = df * degf(table), p = pf(F, df, df * degf(table), lower.tail = FALSE))),
         measures = table_measures(free, x, y, both),
         residuals = residuals_of(free, x, y, both),
         trend = trend_of(free, frame$agree, x, both, w),
         mean = list(value = as.numeric(coef(mean)), se = as.numeric(SE(mean)), df = degf(given)),
         mean_rest = apart(free, w),
         median = I(as.numeric(median[, 1:3])))
  }
  # To two margins; of weights that are far apart to one, which always settles.
  raked <- function(design) {
    margins <- if (seed %% 5 == 0) ~gender else ~gender + age
    totals <- c(1, .55, .35, .4)[if (seed %% 5 == 0) 1:2 else 1:4] * sum(w)
    design <- update(design, age = factor(age))
    names(totals) <- colnames(model.matrix(margins, design$variables))
    calibrate(design, margins, totals, calfun = "raking", epsilon = 1e-14, maxit = 500)
  }
  finite <- raked(design); endless <- raked(drawn(FALSE))
  # svyciprop() and deff count everybody in a part of a calibrated design: their formulas by hand.
  under <- function(keep) {
    part <- subset(finite, keep & y > 0); mean <- svymean(~agree, part)
    p <- as.numeric(coef(mean)); v <- as.numeric(vcov(mean)); n <- sum(keep & y > 0); df <- degf(part)
    free <- as.numeric(vcov(svymean(~agree, subset(endless, keep & y > 0))))
    size <- p * (1 - p) / v * (qt(.025, n - 1) / qt(.025, df))^2
    list(share = p, variance = v,
         logit = I(plogis(log(p / (1 - p)) + c(-1, 1) * qt(.975, df) * sqrt(v) / (p * (1 - p)))),
         beta = I(c(qbeta(.025, p * size, (1 - p) * size + 1), qbeta(.975, p * size + 1, (1 - p) * size))),
         deff = free * (n - 1) / (p * (1 - p)))
  }
  c(list(seed = seed, tenure = I(s), gender = I(gender), age_group = I(age), serves_politicians = I(serves),
         makes_decisions = I(decides), wellbeing = I(y), pressure_change = I(x), weights = I(w),
         population = if (is.null(N)) NULL else I(N),
         everybody = own(rep(TRUE, m)), women = own(gender == 1), told = told(design, drawn(FALSE))),
    list(raked = under(rep(TRUE, m)), raked_young = under(age == 1), raked_told = told(finite, endless)))
}

write_json(lapply(1:40, sample_of), "tests/reference/strata.json")
