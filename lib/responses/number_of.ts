/**
 * A number with a decimal point or comma, as survey tools write it: also "10 - very likely", the label of
 * an end of a scale with its number in front.
 *
 * @returns NaN where the text is no finite number.
 */
export function numberOf(text: string): number {
  const plain = text.trim().replace(/^([+-]?\d+)\s*[-–—:=.)]\s+\D.*$/s, "$1");
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(plain)) return NaN;
  const number = Number(plain.replace(",", "."));
  return Number.isFinite(number) ? number : NaN;
}
