/**
 * Makes every reference of this folder anew: `deno run -A tests/reference/remake.ts`. Needs R with
 * the packages survey and MASS (Debian: r-cran-survey, r-cran-mass). The tests need none of them.
 */
const folder = new URL(".", import.meta.url);
const READ_BY_OTHERS = ["write_json.R", "brant.R", "table_measures.R", "score_difference.R"];
const root = new URL("../../", folder);

for (const { name } of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  if (!name.endsWith(".R") || READ_BY_OTHERS.includes(name)) continue;
  console.error(`R: ${name}`);
  const { success, code } = await new Deno.Command("Rscript", {
    args: [`tests/reference/${name}`],
    cwd: root,
    stdin: "null",
  }).output().catch((error) => {
    throw new Error(
      "Cannot start Rscript. Install R with its packages survey and MASS, and run again.",
      { cause: error },
    );
  });
  if (!success) {
    console.error(`${name} ended with code ${code}`);
    Deno.exit(1);
  }
}
