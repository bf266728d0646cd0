import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

interface Module {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly specifier: string;
    readonly code?: { readonly specifier: string };
    readonly isDynamic?: boolean;
  }[];
}

/** What is loaded with a module at once: its imports and theirs, without those that wait for a call. */
async function loadedWith(path: string): Promise<Set<string>> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", path],
    cwd: fileURLToPath(new URL("../../../", import.meta.url)),
  }).output();
  const { roots, modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
    roots: string[];
    modules: Module[];
  };
  const byName = new Map(modules.map((module) => [module.specifier, module]));
  const loaded = new Set(roots);
  for (const name of loaded) {
    for (const { specifier, code, isDynamic } of byName.get(name)?.dependencies ?? []) {
      if (code === undefined || isDynamic) continue;
      loaded.add(specifier.startsWith(".") ? code.specifier : specifier);
    }
  }
  return loaded;
}

Deno.test("Word, PowerPoint and what draws pictures are loaded when they are asked for", async () => {
  const large = /^(?:docx(?:\/|$)|pptxgenjs|@resvg)/;
  const documents = [...await loadedWith("lib/report/office/word_report.ts")];
  assert.ok(documents.some((name) => large.test(name)), "of the documents it is known");
  for (
    const path of ["lib/notebook.ts", "lib/commands/report.ts", "lib/report/report_files.ts"]
  ) {
    const loaded = [...await loadedWith(path)];
    assert.ok(loaded.length > 20, `${path}: ${loaded.length} modules`);
    assert.deepEqual(loaded.filter((name) => large.test(name)), [], path);
  }
});
