import assert from "node:assert/strict";
import { withProjectCopy } from "./project_copy.ts";

Deno.test("a file of data/ that is missing or not in UTF-8 is told in one line", () =>
  withProjectCopy(["02_pressure"], async (project) => {
    const refused = async (line: RegExp) => {
      const { code, stderr } = await project.run("report", "--only", "02", "--out", "out");
      assert.match(stderr, line);
      assert.equal(code, 2);
    };
    for (const name of ["codebook.json", "claims.json"]) {
      const path = project.path(`data/${name}`);
      const text = await Deno.readTextFile(path);
      await Deno.remove(path);
      await refused(new RegExp(`^Cannot read data/${name}: .* Put the file there; [^\n]*\n$`));
      const danish = Uint8Array.from(
        text.replaceAll(/[^\0-\xff]/g, "?"),
        (letter) => letter.charCodeAt(0),
      );
      await Deno.writeFile(path, danish);
      await refused(
        new RegExp(`^Cannot read data/${name}: its letters are not in UTF-8\\. Save it as UTF-8`),
      );
      await Deno.writeTextFile(path, text);
    }
  }));

Deno.test("a notebook that was copied is refused in one line that names both", () =>
  withProjectCopy(["08_cooperation"], async (project) => {
    await Deno.copyFile(
      project.path("notebooks/08_cooperation.ipynb"),
      project.path("notebooks/09_copy.ipynb"),
    );
    const { code, stderr } = await project.run("report", "--out", "out");
    assert.match(
      stderr,
      /^The headings .* in notebooks\/08_cooperation\.ipynb and notebooks\/09_copy\.ipynb\. Give [^\n]*\n$/m,
    );
    assert.doesNotMatch(stderr, /Uncaught|\n {4}at /);
    assert.equal(code, 2);
  }));
