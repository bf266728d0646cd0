# Quantiles and tails of the normal, chi-square, t and F distributions.
# Writes distributions.json. R's own error is about 1e-14 relative, more in extreme corners.
source("tests/reference/write_json.R")

p <- c(1e-300, 1e-100, 1e-20, 1e-9, 1e-4, 0.001, 0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 0.49, 0.4999)
dfs <- c(0.5, 1, 2, 3.7, 5, 12, 30, 101.5, 1287, 50000)
normal <- data.frame(x = c(0, 1e-10, 0.1, 0.5, 1, 1.5, 1.96, 1.999, 2, 2.001, 2.5, 3, 5, 8, 12, 20, 37))
normal$upper <- pnorm(normal$x, lower.tail = FALSE)
normal$half <- pnorm(normal$x)

chisq <- expand.grid(x = c(1e-6, 0.01, 0.5, 1, 2, 3.84, 10, 30, 100, 500, 1287, 1500), df = dfs)
chisq$upper <- pchisq(chisq$x, chisq$df, lower.tail = FALSE)

f <- expand.grid(x = c(1e-6, 0.01, 0.5, 1, 2, 3.84, 10, 100), df1 = c(1, 2, 3.7, 20, 300), df2 = c(1, 5, 12.5, 100, 1287))
f$cdf <- pf(f$x, f$df1, f$df2)
f$upper <- pf(f$x, f$df1, f$df2, lower.tail = FALSE)

qp <- p[p >= 1e-20]
qtt <- expand.grid(p = qp, df = dfs[dfs >= 1])
qtt$upper <- qt(qtt$p, qtt$df, lower.tail = FALSE)
qff <- expand.grid(p = qp[qp >= 1e-9], df1 = c(1, 3, 20), df2 = c(2, 12.5, 1287))
qff$upper <- qf(qff$p, qff$df1, qff$df2, lower.tail = FALSE)

write_json(list(
  normal = normal,
  normal_quantile = data.frame(p = p, upper = qnorm(p, lower.tail = FALSE)),
  chi_square = chisq, t_quantile = qtt,
  f = f, f_quantile = qff
), "tests/reference/distributions.json")
