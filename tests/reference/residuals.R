# Standardised residuals of tables: chisq.test()$stdres, and svycontrast() of a weighted or stratified
# table's shares. Writes residuals.json.
suppressMessages(library(survey))
source("tests/reference/write_json.R")
options(survey.lonely.psu = "adjust")
RNGversion("4.0.0")

samples <- lapply(1:48, function(seed) {
  set.seed(seed)
  kind <- c("plain", "weighted", "strata")[seed %% 3 + 1]
  n <- sample(30:160, 1)
  s <- sample(3, n, TRUE, c(.2, .3, .5))
  x <- sample(3, n, TRUE); y <- pmin(4, pmax(1, round(x / 2 + s / 3 + rnorm(n, .8))))
  x[1:3] <- 1:3; y[1:4] <- 1:4
  w <- if (kind == "plain") rep(1, n) else round(rlnorm(n, 0, .7) * 32 + 1) / 32
  found <- if (kind == "plain") {
    test <- suppressWarnings(chisq.test(x, y, correct = FALSE))
    unname(test$stdres)
  } else {
    d <- data.frame(s, w,
                    place = factor(paste0("c", x, y), paste0("c", outer(1:3, 1:4, paste0))))
    there <- levels(droplevels(d$place))
    d$place <- factor(d$place, there)
    design <- if (kind == "strata") svydesign(~1, strata = ~s, weights = ~w, data = d) else
      svydesign(~1, weights = ~w, data = d)
    mean <- svymean(~place, design)
    names(mean) <- there
    attr(mean, "var") <- matrix(as.numeric(vcov(mean)), length(there), dimnames = list(there, there))
    margin <- function(k, value) paste0("(", paste(there[substring(there, k + 1, k + 1) == value], collapse = "+"), ")")
    z <- function(i, j) {
      own <- if (paste0("c", i, j) %in% there) paste0("c", i, j) else "0"
      found <- svycontrast(mean, list(parse(text = paste0(own, "-", margin(1, i), "*", margin(2, j)))[[1]]))
      as.numeric(coef(found)) / as.numeric(SE(found))
    }
    t(sapply(1:3, function(i) sapply(1:4, function(j) z(i, j))))
  }
  list(seed = seed, kind = kind, strata = I(s), x = I(x), y = I(y), weights = I(w),
       residuals = lapply(1:3, function(i) I(found[i, ])))
})
write_json(samples, "tests/reference/residuals.json")
