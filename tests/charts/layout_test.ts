import fc from "fast-check";
import { columnsFigure } from "../../lib/charts/columns.ts";
import { comparisonFigure } from "../../lib/charts/comparison.ts";
import { likertFigure } from "../../lib/charts/likert.ts";
import { checkFigure } from "./chart_checks.ts";
import { codebookOf, tableQuestions } from "./other_codebooks.ts";
import { estimatesFrom } from "./synthetic_estimates.ts";

const text = fc.oneof(
  fc.constantFrom(
    "Ja",
    "Hverken tilfreds eller utilfreds",
    "I meget høj grad",
    "<script>alert(1)</script>",
    "Speciallægepraksisplanlægningsstabiliseringsperiode",
  ),
  fc.string({ minLength: 1, maxLength: 60 }),
  fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }),
  fc.lorem({ maxCount: 25 }),
);
const count = fc.oneof(fc.nat(3), fc.nat(40), fc.nat(2000));
const survey = fc.record({
  labels: fc.array(text, { minLength: 1, maxLength: 11 }),
  names: fc.array(text, { minLength: 1, maxLength: 12 }),
  dontKnow: fc.boolean(),
  colours: fc.constantFrom("sequential" as const, "diverging" as const),
  counts: fc.array(fc.array(count, { minLength: 11, maxLength: 11 }), {
    minLength: 12,
    maxLength: 12,
  }),
}).map(({ counts, ...rest }) => {
  const book = codebookOf(rest, rest.names);
  return { book, counts: counts.map((row) => row.slice(0, rest.labels.length)) };
});
const RUNS = { numRuns: 25 };

Deno.test("likertFigure() never lets labels collide or spill, whatever the shares and texts", () => {
  fc.assert(
    fc.property(survey, ({ book, counts }) => {
      const questions = Object.keys(book.questions);
      checkFigure(likertFigure(tableQuestions(book, counts), book, { questions }));
    }),
    RUNS,
  );
});

Deno.test("columnsFigure() never lets labels collide, with intervals or without", () => {
  fc.assert(
    fc.property(survey, fc.boolean(), ({ book, counts }, intervals) => {
      const question = "question_1";
      checkFigure(columnsFigure(tableQuestions(book, counts), book, { question, intervals }));
    }),
    RUNS,
  );
});

Deno.test("figures by group never let labels collide", () => {
  fc.assert(
    fc.property(survey, ({ book, counts }) => {
      const groups = Object.keys(book.variables["part"]?.categories ?? {});
      const question = "question_1";
      const estimates = [
        ...estimatesFrom(question, counts[0] ?? [], null, book),
        ...groups.flatMap((group, index) =>
          estimatesFrom(question, counts[index] ?? [], { variable: "part", group }, book)
        ),
      ];
      checkFigure(comparisonFigure(estimates, book, { question, variables: ["part"] }));
      checkFigure(likertFigure(estimates, book, { questions: [question], variable: "part" }));
    }),
    RUNS,
  );
});
