/** Refuses what is no probability. */
export function requireProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`A probability is from 0 to 1: ${p}`);
  }
}

/** Refuses degrees of freedom (or a shape) that are not above 0 and finite. */
export function requireShape(shape: number, name = "degrees of freedom"): void {
  if (!(shape > 0 && shape < Infinity)) {
    throw new RangeError(`The ${name} must be above 0 and finite: ${shape}`);
  }
}

/** Refuses NaN and values below 0, which chi-square and F do not have. */
export function requireValue(x: number): void {
  if (!(x >= 0)) {
    throw new RangeError(`A value must be a number from 0: ${x}`);
  }
}
