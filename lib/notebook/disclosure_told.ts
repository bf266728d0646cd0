import type { Survey } from "../responses/survey.ts";
import { sampleOf } from "../statistics/sample.ts";
import { limitsOf } from "../statistics/disclosure/enough.ts";
import { ownText } from "../words/message.ts";
import { tell, type Told } from "../words/tell.ts";

/** What is not shown so that nobody's answers can be told, with the codebook's limits. */
export function disclosureTold(survey: Survey): Told {
  const { leastBase, leastAnswer, leastOthers } = limitsOf(sampleOf(survey));
  return tell(
    ownText("disclosure.base", { least: leastBase }),
    ownText("disclosure.answer", { least: leastAnswer }),
    ownText("disclosure.others", { least: leastOthers }),
    ownText("disclosure.part"),
  );
}
