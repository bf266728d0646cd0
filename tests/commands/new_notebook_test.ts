import assert from "node:assert/strict";
import { type ProjectCopy, withProjectCopy } from "./project_copy.ts";

async function changeJson(
  path: string,
  // deno-lint-ignore no-explicit-any -- the files' own types are tested where they are read
  change: (value: any) => void,
): Promise<void> {
  const value = JSON.parse(await Deno.readTextFile(path));
  change(value);
  await Deno.writeTextFile(path, JSON.stringify(value, null, 1));
}

/** What the README says under "Adding a question". */
async function addQuestion({ path, run }: ProjectCopy): Promise<void> {
  await changeJson(path("data/codebook.json"), ({ questions }) => {
    questions["job_change"] = {
      label: { da: 'Overvejer "andet" `job`', en: "Considers another ${job}" },
      text: { da: "Jeg overvejer at finde et andet job.", en: "I consider finding another job." },
      scale: "agreement",
      base: "all",
      aliases: [],
    };
  });
  await changeJson(path("data/synthesis.json"), ({ steps }) => {
    steps.push({
      column: "job_change",
      score: { wellbeing: -0.5 },
      noise: 0.8,
      rows: [{ where: {}, counts: [100, 222, 322, 400, 200, 44] }],
    });
  });
  const { code, stderr } = await run("synthesize");
  assert.equal(code, 0, stderr);
}

Deno.test("deno task new makes a finding of a question that was added to the codebook", () =>
  withProjectCopy(["04_decisions"], async (project) => {
    await addQuestion(project);
    const made = await project.run("new", "13_job_change", "--question", "job_change");
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /notebooks\/13_job_change\.ipynb/);

    const written = JSON.parse(
      await Deno.readTextFile(project.path("notebooks/13_job_change.ipynb")),
    );
    const own = written.cells.filter((cell: { metadata: { tags?: string[] } }) =>
      cell.metadata.tags?.includes("analyst")
    );
    assert.match(
      own.at(-1).source.join(""),
      /survey\.responses\s*\.groupby\("job_change", "gender"\)/,
    );
    const checked = await project.run("check-notebooks", "notebooks/13_job_change.ipynb");
    assert.equal(checked.code, 0, checked.stderr);

    const report = await project.run("report", "--only", "13", "--out", project.path("out"));
    assert.equal(report.code, 0, report.stderr);
    const [danish, english] = await Promise.all(
      ["da", "en"].map((language) =>
        Deno.readTextFile(project.path(`out/report.${language}.html`))
      ),
    );
    assert.match(danish!.replaceAll("\u00a0", " "), /Hver fjerde \(25 pct\.\) svarer/);
    assert.match(english!, /One in four \(25%\) answered/);
    assert.match(danish!, /Overvejer (&quot;|")andet(&quot;|") `job`/);
    assert.match(english!, /Considers another \$\{job\}/);
    assert.match(english!, /All groups as a table/);
    assert.match(danish!, /<svg/);
  }));

Deno.test("deno task new shows several questions of one scale in one chart", () =>
  withProjectCopy([], async ({ run, path }) => {
    const made = await run(
      ...["new", "01_hurry", "--question", "time_pressure", "--question", "workload_quality"],
    );
    assert.equal(made.code, 0, made.stderr);
    const checked = await run("check-notebooks", "notebooks/01_hurry.ipynb");
    assert.equal(checked.code, 0, checked.stderr);
    const report = await run("report", "--out", path("out"), "--lang", "en");
    assert.equal(report.code, 0, report.stderr);
  }));

for (
  const [what, args, message] of [
    ["a name that is taken", ["04_decisions", "--question", "wellbeing"], /already/],
    ["a heading that is taken", ["14_decisions", "--question", "wellbeing"], /already/],
    ["a name without a place", ["job_change", "--question", "wellbeing"], /two digits.*05_job/],
    ["a name with a path", ["../13_x", "--question", "wellbeing"], /two digits/],
    ["an unknown question", ["13_x", "--question", "welbeing"], /Did you mean "wellbeing"/],
    ["no question", ["13_x"], /--question/],
    [
      "questions on two scales",
      ["13_x", "--question", "wellbeing", "--question", "time_pressure"],
      /another scale/,
    ],
  ] as const
) {
  Deno.test(`deno task new refuses ${what} and writes nothing`, () =>
    withProjectCopy(["04_decisions"], async ({ run, path }) => {
      const { code, stderr } = await run("new", ...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\.ts:\d+/, "no stack trace");
      assert.deepEqual([...Deno.readDirSync(path("notebooks"))].map(({ name }) => name), [
        "04_decisions.ipynb",
      ]);
    }));
}
