import fc from "fast-check";
import { codebook } from "../../lib/responses/study.ts";
import { categoriesOf } from "../../lib/responses/codebook.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../lib/responses/survey.ts";

/** A survey of the shipped codebook from codes made up by a test. */
export function makeSurvey(
  columns: Record<string, number[]>,
  weights: number[] | null = null,
  respondents = Object.values(columns)[0]?.length ?? 0,
): Survey {
  const names = [...Object.keys(codebook().questions), ...Object.keys(codebook().variables)];
  return {
    codebook: codebook(),
    source: { file: "made.csv", sha256: "0".repeat(64), respondents, synthetic: true },
    codes: new Map(Object.entries(columns).map(([name, codes]) => [name, Uint8Array.from(codes)])),
    ids: null,
    weights: weights && Float64Array.from(weights),
    left_out: names.filter((name) => !Object.hasOwn(columns, name)),
  };
}

/** The same survey with nothing hidden: of one person too, whatever is said is shown. */
export function withoutHiding(survey: Survey): Survey {
  return { ...survey, codebook: { ...survey.codebook, disclosure: { least_base: 1 } } };
}

/** Some legal code of a question or variable: a category, no answer, or not asked. */
function anyCode(name: string): fc.Arbitrary<number> {
  const categories = Object.keys(categoriesOf(codebook(), name) ?? {}).length;
  return fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: categories }) },
    fc.constantFrom(NO_ANSWER, NOT_ASKED),
  );
}

/** Any survey with these questions and variables, with or without weights. */
export function anySurvey(names: readonly string[], weighted?: boolean): fc.Arbitrary<Survey> {
  const weight = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  const row = fc.record({ codes: fc.tuple(...names.map(anyCode)), weight });
  return fc.tuple(
    fc.array(row, { maxLength: 60 }),
    weighted === undefined ? fc.boolean() : fc.constant(weighted),
  )
    .map(([rows, weighted]) =>
      makeSurvey(
        Object.fromEntries(names.map((name, i) => [name, rows.map(({ codes }) => codes[i]!)])),
        weighted ? rows.map(({ weight }) => weight) : null,
        rows.length,
      )
    );
}
