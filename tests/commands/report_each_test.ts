import assert from "node:assert/strict";
import { dataFile } from "../../lib/responses/study.ts";
import { filesIn, inFolder, runTask } from "./run_task.ts";

const SIZES = ["under_30000", "from_30000_to_59999", "from_60000_to_99999", "from_100000"];

Deno.test("report --each writes for every category what --where writes, and a page in each language that leads to them", () =>
  inFolder(async (folder) => {
    const each = await runTask(
      ...["report", "--each", "Kommunens størrelse", "--only", "02", "--out", `${folder}/each`],
    );
    assert.equal(each.code, 0, each.stderr);
    const one = await runTask(
      ...["report", "--where", "municipality_size=Under 30.000", "--only", "02"],
      ...["--out", `${folder}/one`],
    );
    assert.equal(one.code, 0, one.stderr);
    const names = filesIn(`${folder}/one`);
    assert.deepEqual(
      filesIn(`${folder}/each`),
      [...SIZES.flatMap((size) => names.map((name) => `${size}/${name}`))]
        .concat("index.da.html", "index.en.html").sort(),
    );
    const read = (path: string) => Deno.readTextFile(`${folder}/${path}`);
    for (const name of ["estimates.json", "notebooks/02_pressure.ipynb"]) {
      assert.equal(await read(`each/under_30000/${name}`), await read(`one/${name}`));
    }
    const [report, index] = [
      await read("each/under_30000/report.da.html"),
      await read("each/index.da.html"),
    ];
    const notice = /Kun gruppen[^<]*/.exec(report)?.[0] ?? "";
    assert.match(notice, /Kun gruppen »[^«]*under 30\.000 indbyggere« \(116 svarede\)\./);
    assert.match(report, /<a href="\.\.\/index\.da\.html">Alle grupper<\/a>/);
    for (const size of SIZES) assert.match(index, new RegExp(`href="${size}/report.da.html"`));
    assert.match(index, /Under 30\.000<\/th><td class="num">116<\/td>/);
    assert.match(index, /href="index\.en\.html"/);

    const again = await runTask(
      "report",
      "--each",
      "gender",
      "--only",
      "02",
      "--out",
      `${folder}/each`,
    );
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stderr, /the index does not name: from_100000, from_30000_to_59999/);
  }));

Deno.test("report --each says of a group without a report why: nobody, too few, or protected", () =>
  inFolder(async (folder) => {
    const [head = "", ...rows] = (await Deno.readTextFile(dataFile("responses.csv"))).trimEnd()
      .split("\n");
    const at = head.split(",").indexOf("municipality_size");
    const size = (row: string) => row.split(",")[at];
    const kept = rows.filter((row) => size(row) !== "30.000-59.999").filter((row, i) =>
      size(row) !== "Under 30.000" || i % 20 === 0
    );
    const few = kept.filter((row) => size(row) === "Under 30.000");
    const left = kept.filter((row) => size(row) !== "Under 30.000" || few.indexOf(row) < 4);
    const data = `${folder}/answers.csv`;
    await Deno.writeTextFile(data, [head, ...left].join("\n"));
    const { code, stderr } = await runTask(
      ...["report", "--data", data, "--each", "municipality_size", "--only", "02"],
      ...["--out", `${folder}/out`, "--lang", "en"],
    );
    assert.equal(code, 0, stderr);
    const index = await Deno.readTextFile(`${folder}/out/index.en.html`);
    assert.match(index, /Under 30,000<\/th><td><\/td><td>Fewer than 10 answered: no report/);
    assert.match(index, /30,000-59,999<\/th><td><\/td><td>Nobody answered/);
    // The next smallest group goes with the small one: the two could be told by subtraction.
    assert.match(index, /60,000-99,999<\/th><td><\/td><td>No report: it could give away/);
    assert.match(index, /100,000\+<\/th><td class="num">386<\/td>/);
    assert.deepEqual([...new Set(filesIn(`${folder}/out`).map((file) => file.split("/")[0]))], [
      ...["from_100000", "index.en.html"],
    ]);
  }));

Deno.test("report --each refuses what is no variable, and a group that cannot be compared", async () => {
  const unknown = await runTask("report", "--each", "municipality_sise");
  assert.equal(unknown.code, 2);
  assert.match(
    unknown.stderr,
    /--each: there is no variable "municipality_sise"\. Is "municipality_size" meant\?/,
  );
  const published = await runTask("report", "--each", "gender", "--baseline", "published");
  assert.equal(published.code, 2);
  assert.match(published.stderr, /published figures are of everyone/);
});
