import fc from "fast-check";
import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { columnsFigure } from "../../lib/charts/columns.ts";
import { comparisonFigure } from "../../lib/charts/comparison.ts";
import { likertFigure } from "../../lib/charts/likert.ts";
import { InputError } from "../../lib/responses/input_error.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import type { Estimate } from "../../lib/statistics/estimate.ts";
import { spreadInWords } from "../../lib/words/figure_texts.ts";
import { formatPercent } from "../../lib/words/format.ts";
import { EXAMPLES } from "./example_figures.ts";
import {
  BALANCE_BY_MANAGERS,
  codebook,
  estimatesFrom,
  overallEstimates,
  withGroups,
} from "./synthetic_estimates.ts";

const overall = overallEstimates();
const balance = withGroups("balance_difficult", "managers_between", BALANCE_BY_MANAGERS);

Deno.test("the text alternative of stacked bars says each share and the most common answer", () => {
  const figure = likertFigure(overall, codebook, {
    questions: ["decision_pressure_change", "decision_act_change"],
  });
  equal(
    figure.alt("da"),
    "Stablede søjler: En gang i mellem eller oftere. Oplever politisk pres for at ændre noget fagligt i " +
      "en afgørelse: 29 pct., hyppigste svar Sjældent (37 pct.); Ændrer selv en afgørelse efter " +
      "et politisk ønske: 17 pct., hyppigste svar Aldrig (51 pct.).",
  );
  equal(
    figure.alt("en"),
    "Stacked bars: Once in a while or more often. Feels political pressure to change something " +
      "professional in a ruling: 29%, most common answer Rarely (37%); Changes a ruling to suit a " +
      "political wish: 17%, most common answer Never (51%).",
  );
});

Deno.test("the text alternative of columns says every answer and the set", () => {
  equal(
    columnsFigure(overall, codebook, { question: "balance_difficult" }).alt("en"),
    "Bar chart: Hard to reconcile professional advice with politicians' wishes. Strongly agree: " +
      "11%; Agree: 31%; Neither agree nor disagree: 24%; Disagree: 19%; Strongly disagree: 5%; " +
      "Don't know: 8%; highest Agree, lowest Strongly disagree. Together – Agree or strongly " +
      "agree: 42%.",
  );
});

Deno.test("the text alternative of a comparison says every group's share and interval", () => {
  const figure = comparisonFigure(balance, codebook, {
    question: "balance_difficult",
    variables: ["managers_between"],
  });
  equal(
    figure.alt("da"),
    "Punkter med 95%-interval: Svært at forene faglige råd med politikernes ønsker: enig eller " +
      "helt enig. I alt: 42 pct. (39–46 pct.). Chefer mellem en selv og politikerne – 0: 31 pct. " +
      "(23–40 pct.); 1: 37 pct. (30–45 pct.); 2: 44 pct. (38–50 pct.); 3+: 47 pct. (42–52 pct.); " +
      "højest 3+, lavest 0.",
  );
});

Deno.test("what is said of several shares names the highest and the lowest, and no ties", () => {
  const row = (label: string, number: number) => ({ label, number, said: `${number}` });
  const rows = [row("A", 0.2), row("B", 0.3), row("C", 0.4)];
  equal(spreadInWords(rows, "en"), "; highest C, lowest A");
  equal(spreadInWords([...rows, row("D", 0.4)], "da"), "; lavest A");
  equal(spreadInWords([...rows, row("D", 0.4), row("E", 0.2)], "en"), "");
  equal(spreadInWords(rows.slice(1), "en"), "");
});

Deno.test("the text alternative of many bars says the highest and the lowest", () => {
  const alt = EXAMPLES["likert_twelve_questions"]?.().alt("en") ?? "";
  ok(alt.endsWith("; highest Item 1, lowest Item 12."), alt);
});

Deno.test("too few answers are said in words, never as a share", () => {
  const figure = EXAMPLES["likert_too_few"]?.();
  ok(figure);
  ok(figure.alt("da").includes("Ofte eller meget ofte: for få svar; En gang i mellem: ingen svar"));
  ok(figure.svg("da", "wide").includes(">for få svar<"));
  ok(figure.svg("en", "narrow").includes(">no answers<"));
  ok(EXAMPLES["columns_too_few"]?.().alt("en").endsWith("or strongly agree: too few answers."));
  const rows = figure.table("da").rows.filter(([group]) => group === "Ofte eller meget ofte");
  ok(rows.length > 0);
  for (const row of rows) deepEqual(row.slice(2), [null, null, null, null, 3]);
});

const counts = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 6, maxLength: 6 })
  .filter((all) => all.reduce((sum, count) => sum + count) >= 10);

Deno.test("the text alternative changes with the data, and all its shares are in the data", () => {
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const [before, after] = [one, other].map((all) => estimatesFrom("wellbeing", all));
      ok(before && after);
      for (const language of LANGUAGES) {
        const said = (estimates: readonly Estimate[]) => {
          const shares = estimates.filter(({ set }) => set === null || set === "agree")
            .map(({ share }) => formatPercent(share ?? 0, language));
          const figure = columnsFigure(estimates, codebook, { question: "wellbeing" });
          const spoken = figure.alt(language).match(
            /(under |over )?\d+( pct\.|%)/g,
          );
          deepEqual(spoken, shares);
          return { shares: shares.join(), alt: figure.alt(language) };
        };
        const first = said(before);
        const second = said(after);
        ok((first.alt === second.alt) === (first.shares === second.shares));
      }
    }),
    { numRuns: 100 },
  );
});

Deno.test("every kind of figure says something else when the answers change", () => {
  const other = withGroups("balance_difficult", "managers_between", {
    ...BALANCE_BY_MANAGERS,
    none: [60, 30, 10, 10, 5, 5],
  });
  const options = { question: "balance_difficult", variables: ["managers_between"] };
  notEqual(
    comparisonFigure(balance, codebook, options).alt("da"),
    comparisonFigure(other, codebook, options).alt("da"),
  );
  const likert = { questions: ["balance_difficult"], variable: "managers_between" };
  notEqual(
    likertFigure(balance, codebook, likert).alt("en"),
    likertFigure(other, codebook, likert).alt("en"),
  );
});

Deno.test("the caption names the questions and who was asked, with n", () => {
  const figure = likertFigure(overall, codebook, { questions: ["pressure_change", "act_omit"] });
  deepEqual(figure.caption("da"), {
    title: "Oplever pres for at ændre en vurdering i et oplæg og 1 til",
    questions: [
      `Spørgsmålet i kort form: ${codebook.questions["pressure_change"]?.text.da}`,
      codebook.questions["act_omit"]?.text.da,
    ],
    base: "Base: alle, der svarede (n\u00a0=\u00a01.288).",
    notes: [],
    details: [
      "Uvægtet; 95%-intervaller efter Wilson.",
      "På grund af afrunding giver tallene ikke altid 100 pct. tilsammen.",
    ],
  });
  equal(
    figure.table("en").base,
    "Base: everyone who answered (n\u00a0=\u00a01,288). Unweighted; 95% intervals after Wilson.",
  );
});

Deno.test("the caption has a question as it stands on the questionnaire where the codebook has that", () => {
  const question = codebook.questions["pressure_change"]!;
  const asked = { da: "Jeg oplever pres", en: "I feel pressure" };
  const questions = { ...codebook.questions, pressure_change: { ...question, asked } };
  const figure = likertFigure(overall, { ...codebook, questions }, {
    questions: ["pressure_change", "act_omit"],
  });
  deepEqual(figure.caption("en").questions, [
    asked.en,
    `The question, in short: ${codebook.questions["act_omit"]?.text.en}`,
  ]);
});

Deno.test("the caption gives every group's n, and the range where questions differ", () => {
  const figure = comparisonFigure(balance, codebook, {
    question: "balance_difficult",
    variables: ["managers_between"],
  });
  equal(
    figure.caption("en").base,
    "Base: members who prepare decisions for politicians (n\u00a0=\u00a0979).",
  );
  equal(
    figure.table("en").base,
    "Base: members who prepare decisions for politicians (n\u00a0=\u00a0979); Managers between " +
      "oneself and the politicians: 0 (n\u00a0=\u00a0120), 1 (n\u00a0=\u00a0175), " +
      "2 (n\u00a0=\u00a0254), 3+ (n\u00a0=\u00a0430). Unweighted; 95% intervals after Wilson.",
  );
  const differ = EXAMPLES["likert_bases_differ"]?.();
  ok(
    differ?.caption("da").base.startsWith("Base: alle, der svarede (n\u00a0=\u00a01.270–1.288)."),
  );
  ok(differ?.svg("da", "narrow").includes("n\u00a0=\u00a01.270"));
});

Deno.test("a headline and notes of one's own stand in the caption, weighting is said", () => {
  const weighted = overall.map((estimate) => ({ ...estimate, weighted: true }));
  const caption = columnsFigure(weighted, codebook, {
    question: "wellbeing",
    title: { da: "De fleste", en: "Most" },
    notes: [{ da: "Kun kvinder.", en: "Women only." }],
  }).caption("en");
  equal(caption.title, "Most");
  deepEqual(caption.notes, ["Women only."]);
  deepEqual(caption.details, [
    "Weighted, n and counts unweighted; 95% intervals after Wilson for the effective sample.",
    "Because of rounding the numbers do not always add up to 100%.",
  ]);
});

Deno.test("shares that weights move by more than a point stand beside the unweighted ones", () => {
  const moved = (by: number) =>
    columnsFigure(
      overall.map((estimate) => ({
        ...estimate,
        weighted: true,
        share: estimate.share === null || estimate.category !== "agree"
          ? estimate.share
          : estimate.share + by,
      })),
      codebook,
      { question: "wellbeing" },
    );
  const columns = (figure: ReturnType<typeof moved>) =>
    figure.table("en").columns.map(({ label }) => label);
  ok(!columns(moved(0.009)).includes("Unweighted"));
  equal(moved(0.009).caption("en").details.length, 2);
  const figure = moved(-0.02);
  const { rows } = figure.table("en");
  const at = columns(figure).indexOf("Unweighted");
  ok(at > 0);
  figure.estimates.forEach(({ count, n }, index) => equal(rows[index]?.[at], (count ?? 0) / n));
  deepEqual(figure.caption("da").details.slice(1, 2), [
    `Vægtene flytter 1 af ${figure.estimates.length} andele med mere end et procentpoint: ` +
    "tabellen viser dem også uvægtet.",
  ]);
});

Deno.test("a figure's table holds the numbers of its estimates, raw", () => {
  const figure = likertFigure(balance, codebook, {
    questions: ["balance_difficult"],
    variable: "managers_between",
  });
  const table = figure.table("en");
  deepEqual(table.columns.map(({ kind }) => kind), [
    "text",
    "text",
    "share",
    "share",
    "share",
    "count",
    "count",
  ]);
  equal(table.rows.length, figure.estimates.length);
  figure.estimates.forEach(({ share, low, high, count, n }, index) => {
    deepEqual(table.rows[index]?.slice(2), [share, low, high, count, n]);
  });
  deepEqual(table.rows[7]?.slice(0, 2), ["0", "Strongly agree"]);
});

Deno.test("text from a codebook is never markup", () => {
  const markup = EXAMPLES["likert_markup_in_labels"]?.().svg("da", "wide") ?? "";
  ok(!markup.includes("<script"));
  ok(markup.includes("&lt;script"));
});

Deno.test("what cannot be drawn is refused with a reason", () => {
  const refused = (make: () => unknown, message: RegExp) =>
    throws(make, (error) => {
      ok(error instanceof InputError);
      ok(message.test(error.message), error.message);
      return true;
    });
  refused(
    () => likertFigure(overall, codebook, { questions: ["pressure_change", "wellbeing"] }),
    /one scale.*pressure_change: frequency, wellbeing: agreement_meget_uenig/,
  );
  refused(() => likertFigure(overall, codebook, { questions: [] }), /at least one question/);
  refused(
    () => columnsFigure(overall, codebook, { question: "welbeing" }),
    /no question.*"welbeing"/,
  );
  refused(
    () => columnsFigure([], codebook, { question: "wellbeing" }),
    /no estimate of wellbeing \(strongly_agree\) overall among the 0 given/,
  );
  refused(
    () => columnsFigure([...overall, ...overall], codebook, { question: "wellbeing" }),
    /2 estimates of wellbeing/,
  );
  refused(
    () => columnsFigure(overall, codebook, { question: "wellbeing", set: "happy" }),
    /no set .*"happy"\. There is: agree, disagree/,
  );
  refused(
    () => columnsFigure(overall, codebook, { question: "wellbeing", name: "../a" }),
    /cannot be named "\.\.\/a"/,
  );
  refused(
    () =>
      likertFigure(overall, codebook, {
        questions: ["pressure_change", "act_omit"],
        variable: "gender",
      }),
    /show one question, not 2/,
  );
  refused(
    () =>
      comparisonFigure(balance, codebook, {
        question: "balance_difficult",
        variables: ["managers_between"],
        set: "agree",
        category: "agree",
      }),
    /not both/,
  );
});
