import type { Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { ownText } from "../words/message.ts";
import { tell } from "../words/tell.ts";
import type { Baseline } from "./baseline.ts";

/** How many people answered both times and what that does to the changes, or why nobody can tell. */
export function sharedTold({ codebook, source }: Survey, { shared }: Baseline): Text {
  if (shared.people === null) {
    return tell(ownText(`shared.${shared.why}`), ownText("shared.independent"));
  }
  const { people } = shared;
  const { least_base: least } = codebook.disclosure;
  if (people === 0) return ownText("shared.nobody");
  if (people < least) return ownText("shared.few", { least });
  return ownText("shared.people", { people, share: people / source.respondents, least });
}
