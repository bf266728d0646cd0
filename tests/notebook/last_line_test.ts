import { deepEqual, doesNotMatch, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { runNotebook } from "../../lib/report/run_notebooks.ts";
import { notebookOf, outputsOf } from "../report/notebook_of.ts";

const LIBRARY = import.meta.resolve("../../lib/notebook.ts");

/** What each cell shows: the MIME types of its outputs, and all their text. */
async function shownBy(...cells: string[]) {
  const run = await runNotebook(
    join(import.meta.dirname!, "made_up.ipynb"),
    notebookOf(
      `import { columns, keyFigures, narrate, openSurvey, Plot, share, shares, show, tell, toDanfo } ` +
        `from ${JSON.stringify(LIBRARY)};\nconst survey = await openSurvey();`,
      ...cells,
    ),
  );
  deepEqual(run.failure, undefined);
  return outputsOf(run.notebook).slice(1).map((outputs) => ({
    types: outputs.map((output) => "data" in output ? Object.keys(output.data)[0] : "stream"),
    text: outputs.map((output) => JSON.stringify("data" in output ? output.data : output)).join(""),
  }));
}

Deno.test("a cell's last line shows itself as show() would show it", async () => {
  const values = [
    `columns(survey, "wellbeing")`,
    `shares(survey, "wellbeing")`,
    `narrate({ da: "På dansk.", en: "In English." })`,
    `narrate("1 < 2")`,
    `keyFigures(survey, { name: "keys", title: { da: "Tal", en: "Numbers" } }, {
       estimate: share(survey, "wellbeing", { set: "agree" }),
       label: { da: "har det godt", en: "are doing well" },
     })`,
    `survey`,
    `Plot.barX([1, 2]).plot()`,
    `Plot.plot({ title: "T", marks: [Plot.barX([1, 2])] })`,
  ];
  const shown = await shownBy(...values.flatMap((value) => [value, `await show(${value});`]));
  for (let index = 0; index < shown.length; index += 2) {
    const [last, called] = [shown[index]!, shown[index + 1]!];
    ok(last.types.length > 0, values[index / 2]!);
    deepEqual(last, called, values[index / 2]!);
    doesNotMatch(last.text, /\[Function|Promise \{|\[Object/);
  }
  match(shown[6]!.text, /1 &lt; 2/);
  ok(shown[10]!.text.length < 10_000, "a survey is shown in a few lines");
});

Deno.test("a cell that ends with show(), not waited for, shows once and no promise", async () => {
  const [first, frame] = await shownBy(
    `show(narrate("once"))`,
    `(await toDanfo(shares(survey, "wellbeing").select("n", "share"))).describe()`,
  );
  deepEqual(first!.text.match(/once/g)?.length, 2);
  doesNotMatch(first!.text, /Promise/);
  match(frame!.text, /<table/);
});
