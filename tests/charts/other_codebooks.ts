import type { Estimate } from "../../lib/statistics/estimate.ts";
import type { Codebook, Scale } from "../../lib/responses/codebook.ts";
import { codebook, estimatesFrom } from "./synthetic_estimates.ts";

interface ScaleOptions {
  /** The last one is "don't know" where `dontKnow`. */
  readonly labels: readonly string[];
  readonly dontKnow: boolean;
  readonly colours: Scale["colours"];
}

/** The project's codebook with other questions, all on one scale; its first half is a set. */
export function codebookOf(options: ScaleOptions, questions: readonly string[]): Codebook {
  const { labels, dontKnow, colours } = options;
  const both = (text: string) => ({ da: text, en: text });
  const ids = labels.map((_, index) => `answer_${index + 1}`);
  const scale: Scale = {
    title: both("scale"),
    categories: Object.fromEntries(
      ids.map((id, index) => [id, { ...both(labels[index] ?? ""), aliases: [] }]),
    ),
    dont_know: dontKnow && ids.length > 1 ? ids.at(-1) ?? null : null,
    colours,
    sets: {
      first: {
        label: both(`${labels[0]} / ${labels[1] ?? ""}`),
        categories: ids.slice(0, Math.max(1, Math.floor(ids.length / 2))),
      },
    },
    main_set: "first",
  };
  return {
    ...codebook,
    scales: { scale },
    questions: Object.fromEntries(
      questions.map((label, index) => [`question_${index + 1}`, {
        label: both(label),
        text: both(`${label}?`),
        scale: "scale",
        base: "all",
        aliases: [],
      }]),
    ),
    variables: {
      part: {
        label: both(questions[0] ?? "Part"),
        base: "all",
        background: true,
        derived: false,
        aliases: [],
        categories: Object.fromEntries(
          questions.map((label, index) => [`part_${index + 1}`, { ...both(label), aliases: [] }]),
        ),
      },
    },
  };
}

/** The estimates of a codebook's questions from their counts by category, in order. */
export function tableQuestions(book: Codebook, counts: readonly (readonly number[])[]): Estimate[] {
  return Object.keys(book.questions).flatMap((question, index) =>
    estimatesFrom(question, counts[index] ?? [], null, book)
  );
}
