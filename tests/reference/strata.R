# What is said of samples drawn by strata beside single shares: intervals and design effects, the
# differences of two groups, of a group and the rest, of groups that overlap and of two questions,
# Rao and Scott's test, gamma and tau-b, and shares under raked weights. With strata of one person,
# extreme weights, and strata that answered whole. Writes strata.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
source("tests/reference/score_difference.R")
source("tests/reference/table_measures.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

sample_of <- function(seed) {
  set.seed(300 + seed)
  m <- c(24, 60, 150, 400)[seed %% 4 + 1]
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
    list(df = df, share = p, variance = v,
         logit = I(plogis(log(p / (1 - p)) + c(-1, 1) * qt(.975, df) * sqrt(v) / (p * (1 - p)))),
         beta = I(as.numeric(confint(svyciprop(~agree, part, method = "beta")))),
         deff = as.numeric(deff(svymean(~agree, subset(drawn(FALSE), keep & y > 0), deff = "replace"))))
  }
  # Differences and tests have no finite population correction.
  free <- drawn(FALSE)
  ratios <- function(y1, in1, y2, in2) score_of_ratios(free, y1, as.numeric(in1), y2, as.numeric(in2), w)
  between <- function(part) ratios(frame$agree, y > 0 & part %in% 1, frame$agree, y > 0 & part %in% 2)
  keep <- x > 0 & y > 0
  there <- function(v) factor(v, sort(unique(v[keep])))
  chi <- tryCatch(svychisq(~x + y, subset(update(free, x = there(x), y = there(y)), keep), statistic = "F"),
                  error = function(e) NULL)

  target <- c(.45, .55) * sum(w)
  raked <- calibrate(design, ~gender, c(`(Intercept)` = sum(target), gender2 = target[2]), calfun = "raking",
                     epsilon = 1e-14, maxit = 500)
  under <- function(keep) {
    mean <- svymean(~agree, subset(raked, keep & y > 0))
    list(share = as.numeric(coef(mean)), variance = as.numeric(vcov(mean)))
  }
  list(seed = seed, tenure = I(s), gender = I(gender), age_group = I(age), serves_politicians = I(serves),
       makes_decisions = I(decides), wellbeing = I(y), pressure_change = I(x), weights = I(w),
       population = if (is.null(N)) NULL else I(N),
       everybody = own(rep(TRUE, m)), women = own(gender == 1),
       genders = between(gender), rest = between(ifelse(age == 1, 1, 2)),
       roles = ratios(frame$agree, decides == 1 & y > 0, frame$agree, serves == 1 & y > 0),
       of_questions = ratios(frame$agree, y > 0, frame$often, x > 0),
       test = if (is.null(chi)) NULL else
         list(statistic = as.numeric(chi$statistic), df = as.numeric(chi$parameter[1]),
              df2 = as.numeric(chi$parameter[2]), p = as.numeric(chi$p.value)),
       measures = table_measures(free, x, y, keep),
       raked = under(rep(TRUE, m)), raked_young = under(age == 1))
}

write_json(lapply(1:16, sample_of), "tests/reference/strata.json")
