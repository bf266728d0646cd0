import { inEveryLanguage } from "../responses/language.ts";
import { listTexts } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { allVerdicts } from "./verdict.ts";

/**
 * Tests several things at once. One that does not hold breaks the claim, whatever the others say;
 * else one that cannot be told leaves it untold.
 *
 * @param findings One or more.
 * @throws {RangeError} If there is none.
 */
export function allOf(...findings: readonly Finding[]): Finding {
  if (findings.length === 0) {
    throw new RangeError("allOf() needs one finding or more");
  }
  const inSample = findings.map(({ in_sample }) => in_sample);
  return {
    verdict: allVerdicts(findings.map(({ verdict }) => verdict)),
    condition: listTexts(findings.map(({ condition }) => condition)),
    evidence: inEveryLanguage((language) =>
      findings.map(({ evidence }) => evidence[language]).join("; ")
    ),
    in_sample: inSample.includes(false) ? false : inSample.includes(null) ? null : true,
    estimates: [...new Set(findings.flatMap(({ estimates }) => estimates))],
  };
}
