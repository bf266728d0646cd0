import {
  allClaims,
  breakdown,
  columns,
  comparison,
  likert,
  narrate,
  openSurvey,
} from "../notebook.ts";
import { readSettings } from "../notebook/settings.ts";
import { bundlesOf } from "../notebook/show.ts";
import type { QuestionId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";

/** The ways, one after the other. */
const WAYS: readonly ((survey: Survey, question: QuestionId) => readonly unknown[])[] = [
  (survey) => allClaims(survey).map((claim) => narrate(claim)),
  (survey, question) => [columns(survey, question)],
  (survey, question) => [breakdown(survey, question)],
  (survey, question) => [likert(survey, question, { by: BY })],
  (survey, question) => [comparison(survey, question, { by: BY })],
];

const BY = "gender";

/** Twice: what the engine sees again it compiles. */
const STEPS = 2 * WAYS.length;

let opened: Survey | null = null;

/**
 * What a kernel does while it waits for the next save: it goes the ways that most cells go, so that
 * what they use is loaded and compiled. Nothing is shown, and a cell finds no trace of it.
 *
 * @param step From 0; the steps are short, so that a save does not wait for long.
 * @returns Whether there is more to do.
 */
export async function warmUp(step: number): Promise<boolean> {
  if (opened === null) {
    opened = await openSurvey();
    return true;
  }
  const { codebook, left_out } = opened;
  const question = Object.keys(codebook.questions).find((name) =>
    !left_out.includes(name) && codebook.scales[codebook.questions[name]!.scale]?.main_set
  ) as QuestionId | undefined;
  const way = WAYS[(step - 1) % WAYS.length];
  if (question === undefined || way === undefined) return false;
  const settings = readSettings();
  for (const thing of way(opened, question)) bundlesOf(thing, settings);
  return step < STEPS;
}
