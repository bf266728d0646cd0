# data/responses.csv with weights of its own, as a run of `--weights column` reads it: shares overall,
# by group and in a domain, with intervals; differences of groups, of a group and the rest, of groups
# that overlap, and of questions; Rao and Scott's test; gamma and tau-b. Once with weights as surveys
# have them, once with weights over nine orders of magnitude. Writes weighted_run.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
source("tests/reference/score_difference.R")
source("tests/reference/table_measures.R")
RNGversion("4.0.0")

data <- read.csv("data/responses.csv", colClasses = "character", encoding = "UTF-8")
m <- nrow(data)
frequency <- c("Meget ofte", "Ofte", "En gang i mellem", "Sjældent", "Aldrig")
agreement <- c("Helt enig", "Enig", "Hverken enig eller uenig", "Uenig", "Helt uenig")
partly <- c("Helt enig", "Delvist enig", "Hverken enig eller uenig", "Delvist uenig", "Helt uenig")
degree <- c("I meget høj grad", "I høj grad", "I nogen grad", "I lav grad", "I meget lav grad")
satisfaction <- c("Meget tilfreds", "Tilfreds", "Hverken tilfreds eller utilfreds", "Utilfreds", "Meget utilfreds")
question <- function(set, steps, first) list(set = set, steps = steps, among = steps[seq_len(first)])
often <- question("at_least_sometimes", frequency, 3)
agree <- question("agree", agreement, 2)
hurts <- question("agree", partly, 2)
questions <- list(
  pressure_change = often, pressure_omit = often, act_change = often, act_omit = often,
  balance_difficult = agree, decision_pressure_change = often, decision_act_change = often,
  time_pressure = hurts, workload_quality = hurts, leader_independence = agree,
  leader_neutral_support = question("high", degree, 2),
  cooperation_satisfaction = question("satisfied_or_very_satisfied", satisfaction, 2),
  wellbeing = question("agree", c(agreement[1:4], "Meget uenig"), 2))
stopifnot(sapply(names(questions), function(q) all(data[[q]] %in% c(questions[[q]]$steps, "Ved ikke", ""))))
named <- function(x, labels, ids) ids[match(x, labels)]
groups <- list(
  gender = named(data$gender, c("Kvinde", "Mand"), c("woman", "man")),
  age_group = named(data$age_group, c("25-39", "40-54", "55+"), c("age_25_39", "age_40_54", "age_55_plus")),
  tenure = named(data$tenure, c("0-2 år", "3-5 år", "6-10 år", "11+ år"),
                 c("years_0_2", "years_3_5", "years_6_10", "years_11_plus")),
  managers_between = named(data$managers_between, c("0", "1", "2", "3+"), c("none", "one", "two", "three_or_more")),
  pressure = named(data$pressure_change, frequency, c("often", "often", "once_in_a_while", "rarely_or_never", "rarely_or_never")))

weights_of <- list(usual = function() {
  set.seed(20)
  w <- rlnorm(m, 0, .6) * ifelse(groups$gender == "man", 1.4, .9) * ifelse(groups$pressure == "often", 1.3, 1)
  round(pmax(.05, w), 3)
}, extreme = function() {
  set.seed(21)
  signif(10^runif(m, -3, 6), 6)
})

z <- qnorm(.975)
wilson <- function(p, size) {
  middle <- (p + z^2 / size / 2) / (1 + z^2 / size)
  half <- z * sqrt(p * (1 - p) / size + z^2 / size^2 / 4) / (1 + z^2 / size)
  middle + c(-1, 1) * half
}

run <- function(name) {
  w <- weights_of[[name]]()
  frame <- data.frame(w = w, N = 6296)
  for (q in names(questions)) frame[[q]] <- as.numeric(data[[q]] %in% questions[[q]]$among)
  design <- svydesign(ids = ~1, weights = ~w, fpc = ~N, data = frame)
  answered <- function(q) data[[q]] != ""
  # Weights as they are: weights() of a subset keep what the design divides by.
  share <- function(q, keep, where, variable = NULL, group = NULL, more = FALSE) {
    keep <- keep & answered(q)
    y <- frame[[q]][keep]
    if (sum(keep) < 10 || length(unique(y)) < 2) return(NULL)
    part <- subset(design, keep)
    formula <- as.formula(paste0("~", q))
    mean <- svymean(formula, part)
    p <- as.numeric(coef(mean)); v <- as.numeric(vcov(mean))
    own <- list(question = q, set = questions[[q]]$set, where = where, variable = variable, group = group,
                n = sum(keep), count = sum(y), share = p, wilson = I(wilson(p, p * (1 - p) / v)))
    if (!more) return(own)
    # "logit" iterates to what "xlogit" says outright.
    logit <- log(p / (1 - p)) + c(-1, 1) * qt(.975, sum(keep) - 1) * sqrt(v) / (p * (1 - p))
    beta <- as.numeric(confint(svyciprop(formula, part, method = "beta")))
    without <- subset(svydesign(ids = ~1, weights = ~w, data = frame), keep)
    c(own, list(logit = I(plogis(logit)), beta = I(beta),
                deff = as.numeric(deff(svymean(formula, without, deff = "replace")))))
  }
  everyone <- rep(TRUE, m)
  men <- groups$gender == "man"
  by <- function(keep, where, variables) do.call(c, lapply(variables, function(v)
    do.call(c, lapply(unique(na.omit(groups[[v]])), function(g)
      lapply(names(questions), share, keep & groups[[v]] %in% g, where, v, g)))))
  shares <- c(lapply(names(questions), share, everyone, "everyone", more = TRUE),
              by(everyone, "everyone", names(groups)),
              lapply(names(questions), share, men, "men"),
              by(men, "men", c("tenure", "pressure")))
  shares <- shares[!sapply(shares, is.null)]

  # Differences and tests have no finite population correction.
  free <- svydesign(ids = ~1, weights = ~w, data = frame)
  ratios <- function(y1, in1, y2, in2) score_of_ratios(free, y1, as.numeric(in1), y2, as.numeric(in2), w)
  between <- function(q, v, first, second, rest = FALSE) {
    own <- groups[[v]]
    one <- own %in% first & answered(q)
    other <- own %in% (if (rest) setdiff(own, c(first, NA)) else second) & answered(q)
    c(list(question = q, variable = v, first = first, second = if (rest) NULL else second),
      ratios(frame[[q]], one, frame[[q]], other))
  }
  roles <- lapply(c("workload_quality", "wellbeing", "leader_independence"), function(q)
    c(list(question = q), ratios(frame[[q]], answered(q) & data$makes_decisions == "1", frame[[q]], answered(q) & data$serves_politicians == "1")))
  pairs <- list(c("pressure_change", "pressure_omit"), c("decision_pressure_change", "decision_act_change"),
                c("pressure_change", "decision_pressure_change"))
  of_questions <- lapply(pairs, function(q)
    c(list(first = q[1], second = q[2]),
      ratios(frame[[q[1]]], answered(q[1]), frame[[q[2]]], answered(q[2]))))

  table_of <- function(row, column) {
    x <- match(data[[row]], questions[[row]]$steps); y <- match(data[[column]], questions[[column]]$steps)
    keep <- !is.na(x) & !is.na(y)
    part <- subset(update(free, x = factor(x), y = factor(y)), keep)
    chi <- svychisq(~x + y, part, statistic = "F")
    c(list(by = row, question = column, n = sum(keep), statistic = as.numeric(chi$statistic),
           df = as.numeric(chi$parameter[1]), df2 = as.numeric(chi$parameter[2]), p = as.numeric(chi$p.value)),
      table_measures(free, x, y, keep))
  }
  list(name = name, weights = I(w), shares = shares,
       gaps = list(between("wellbeing", "pressure", "rarely_or_never", "often"),
                   between("leader_independence", "pressure", "rarely_or_never", "often"),
                   between("cooperation_satisfaction", "managers_between", "none", "three_or_more"),
                   between("time_pressure", "gender", "woman", "man"),
                   between("balance_difficult", "managers_between", "one", "two")),
       rests = lapply(c("years_0_2", "years_3_5", "years_6_10", "years_11_plus"),
                      function(g) between("wellbeing", "tenure", g, rest = TRUE)),
       roles = roles, of_questions = of_questions,
       tables = list(table_of("pressure_change", "wellbeing"), table_of("pressure_change", "leader_neutral_support"),
                     table_of("decision_pressure_change", "decision_act_change")))
}

write_json(lapply(names(weights_of), run), "tests/reference/weighted_run.json")
