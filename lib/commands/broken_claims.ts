import { inEveryLanguage, type Text } from "../responses/language.ts";
import { word } from "../words/catalogue.ts";
import type { Claim } from "../words/claims.ts";
import { words } from "../words/message.ts";

/**
 * Names the claims that do not hold, for `deno task report --strict`.
 *
 * @returns One line per claim below a first one that counts them; null where none is broken. Claims
 *   that cannot be told are not broken.
 */
export function brokenClaims(claims: readonly Claim[]): Text | null {
  const broken = claims.filter(({ verdict }) => verdict === "does_not_hold");
  if (broken.length === 0) return null;
  return inEveryLanguage((language) => {
    const lines = broken.map(({ id, page, said, condition, evidence }) =>
      `  ${id} (${word("broken.page", language)} ${page}): ${said[language]} ` +
      `${word("broken.tested", language)}: ${condition[language]}; ${evidence[language]}.`
    );
    return [words("broken", language, { count: broken.length }), ...lines].join("\n");
  });
}
