# Brant's test from separate binary regressions, used by regression.R and association.R.
# Of d: k categories, y from 1 to k, the columns x, how many people w each row is.
brant <- function(d) {
  X <- cbind(1, d$x); p <- ncol(d$x); cuts <- d$k - 1
  fits <- lapply(seq_len(cuts), function(m) {
    glm(as.numeric(d$y > m) ~ d$x, family = binomial, weights = d$w,
        control = glm.control(epsilon = 1e-15, maxit = 100))
  })
  if (any(sapply(fits, function(f) max(abs(coef(f)[-1] * apply(d$x, 2, sd))) > 8))) return(NULL)
  pi <- sapply(fits, fitted)
  V <- matrix(0, cuts * p, cuts * p)
  for (m in seq_len(cuts)) for (l in seq_len(cuts)) {
    W <- function(a, b) d$w * (pi[, max(a, b)] - pi[, a] * pi[, b])
    bread <- function(a) solve(t(X) %*% (X * W(a, a)))
    V[(m - 1) * p + 1:p, (l - 1) * p + 1:p] <-
      (bread(m) %*% t(X) %*% (X * W(m, l)) %*% bread(l))[-1, -1]
  }
  beta <- unlist(lapply(fits, function(f) coef(f)[-1]))
  wald <- function(columns) {
    D <- do.call(rbind, lapply(seq_len(cuts - 1), function(m) {
      t(sapply(columns, function(j) { row <- rep(0, length(beta)); row[j] <- -1; row[m * p + j] <- 1; row }))
    }))
    statistic <- as.numeric(t(D %*% beta) %*% solve(D %*% V %*% t(D)) %*% (D %*% beta))
    list(statistic = statistic, df = nrow(D), p = pchisq(statistic, nrow(D), lower.tail = FALSE))
  }
  list(all = wald(seq_len(p)), columns = lapply(seq_len(p), wald))
}
