import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { columns, comparison, likert } from "../../lib/notebook/figures.ts";
import { narrate } from "../../lib/notebook/narrate.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { InputError } from "../../lib/responses/input_error.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import * as Plot from "../../lib/charts/plot.ts";
import { shares } from "../../lib/statistics/look_up.ts";
import { palette } from "../../lib/charts/palette.ts";

const survey = await openWith({ data: null, where: {}, languages: LANGUAGES, report: false });
const svgOf = (figure: { svg(language: "en", layout: "wide"): string }) => figure.svg("en", "wide");
/** The texts of a drawing, in order. */
const texts = (svg: string) => [...svg.matchAll(/>([^<>]+)<\/t/g)].map(([, text]) => text!);

Deno.test("figures of a survey and of its estimates are drawn alike", () => {
  equal(svgOf(columns(shares(survey, "wellbeing"))), svgOf(columns(survey, "wellbeing")));
  const four = ["pressure_change", "pressure_omit", "act_change", "act_omit"] as const;
  equal(svgOf(likert(shares(survey, four))), svgOf(likert(survey, four)));
  const rows = shares(survey, "wellbeing").concat(shares(survey, "wellbeing", { by: "role" }));
  equal(svgOf(likert(rows)), svgOf(likert(survey, "wellbeing", { by: "role" })));
  equal(svgOf(comparison(rows)), svgOf(comparison(survey, "wellbeing", { by: "role" })));
});

Deno.test("what an analyst has filtered is drawn as it is", () => {
  const rows = shares(survey, "wellbeing").filter((d) => d.category !== "dont_know");
  const figure = columns(rows);
  ok(!texts(svgOf(figure)).includes("Don't know"));
  equal(figure.table("en").rows.length, columns(survey, "wellbeing").table("en").rows.length - 1);
  const groups = shares(survey, "wellbeing", { by: "pressure" })
    .filter((d) => d.group !== "often" && d.set === "agree")
    .select("question", "set", "variable", "group", "n", "share", "low", "high");
  const drawn = texts(svgOf(comparison(groups)));
  ok(!drawn.includes("Often or very often") && !drawn.includes("All"));
  ok(drawn.includes("Rarely or never"), drawn.join());
});

Deno.test("colours, order, width, title and Plot's options change the chart", () => {
  const colours = { strongly_agree: "#123456" };
  match(svgOf(columns(survey, "wellbeing", { colours })), /fill="#123456"/);
  match(svgOf(likert(survey, "wellbeing", { width: 900 })), /^<svg [^>]*width="900"/);
  equal(columns(survey, "wellbeing", { title: "Mine" }).caption("da").title, "Mine");
  const marked = comparison(survey, "wellbeing", {
    by: "role",
    plot: { marks: [Plot.ruleX([0.5], { stroke: palette.accent })], marginBottom: 60 },
  });
  match(svgOf(marked), new RegExp(`stroke="${palette.accent}"`));
  const places = (order?: "ascending" | "descending" | readonly string[]) => {
    const drawn = texts(svgOf(
      comparison(survey, "wellbeing", { by: "pressure", ...order && { order } }),
    ));
    return ["Often or very often", "Once in a while", "Rarely or never"]
      .toSorted((a, b) => drawn.indexOf(a) - drawn.indexOf(b));
  };
  deepEqual(places("descending"), places("ascending").toReversed());
  equal(places(["rarely_or_never"])[0], "Rarely or never");
});

Deno.test("the marks alone stand on scales of one's own", () => {
  const rows = shares(survey, "wellbeing", { by: "pressure" });
  for (const draw of [likert, comparison]) {
    const chart = Plot.plot({
      marginLeft: 160,
      marks: [draw.marks(rows, { language: "en" }), Plot.ruleX([0.5])],
    });
    match(chart.textContent ?? "", /Often or very often/);
  }
  const chart = Plot.plot({ marks: [columns.marks(shares(survey, "wellbeing"))] });
  match(chart.textContent ?? "", /77\s?%|51\s?%/);
});

Deno.test("an argument that is none is refused with the nearest right one", () => {
  const refused = (make: () => unknown, message: RegExp) =>
    throws(make, (error) => {
      ok(error instanceof InputError, String(error));
      match(error.message, message);
      return true;
    });
  // deno-lint-ignore no-explicit-any
  const any = (value: unknown) => value as any;
  refused(
    () => likert(survey, "wellbeing", any({ titel: "x" })),
    /likert\(\) has no option "titel"\. Is "title" meant\?/,
  );
  refused(
    () => likert(survey, "wellbeing", any("role")),
    /takes its options as an object, such as \{ by: "role" \}/,
  );
  refused(
    () => likert(survey, "wellbeing", { title: any({ da: "Kun dansk" }) }),
    /title of likert\(\) takes a text.*without "en"/,
  );
  refused(() => likert(survey, "wellbeing", { set: any("agre") }), /no set.*Is "agree" meant\?/);
  refused(() => likert(survey, "wellbeing", { by: any("rol") }), /rol.*role/s);
  refused(() => columns(survey, any("welbeing")), /welbeing.*wellbeing/s);
  refused(
    () => comparison(survey, "wellbeing", { by: "role", order: ["managger"] }),
    /no "managger" to put in order\. It has: /,
  );
  refused(
    () => columns(survey, "wellbeing", { colours: { agre: "#123456" } }),
    /"agre" is none\. Is agree meant/,
  );
  refused(() => columns(survey, "wellbeing", { colours: ["red"] }), /"#rrggbb"/);
  refused(() => columns([]), /no row/);
  refused(() => columns(shares(survey, "wellbeing").select("share")), /Row 1 of \d+.*no question/);
  refused(() => narrate(any(7)), /narrate\(\) takes a text.*not 7/);
  svgOf(columns(survey, "wellbeing"));
});
