/**
 * A number with a decimal point or comma, such as a weight.
 *
 * @returns NaN where the text is no finite number.
 */
export function numberOf(text: string): number {
  const plain = text.trim();
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(plain)) return NaN;
  const number = Number(plain.replace(",", "."));
  return Number.isFinite(number) ? number : NaN;
}

/**
 * The number that plain digits with at most one decimal point or comma are, without making a text.
 *
 * So many digits and so few decimals are held exactly by a double, so that their quotient is the one
 * that is nearest to the number, as {@link numberOf} finds it.
 *
 * @returns NaN where something else stands there, which may still be a number.
 */
export function plainNumber(bytes: Uint8Array, from: number, end: number): number {
  if (end - from > 16 || end === from) return NaN;
  let digits = 0;
  let decimals = -1;
  let count = 0;
  for (let i = from; i < end; i++) {
    const c = bytes[i]!;
    if (c >= 48 && c <= 57) {
      digits = 10 * digits + c - 48;
      count++;
      if (decimals >= 0) decimals++;
    } else if ((c === 44 || c === 46) && decimals < 0) decimals = 0;
    else return NaN;
  }
  if (count === 0 || count > 15) return NaN;
  return decimals > 0 ? digits / TENS[decimals]! : digits;
}

const TENS = Array.from({ length: 17 }, (_, power) => Number(`1e${power}`));
