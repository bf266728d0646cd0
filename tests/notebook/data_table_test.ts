import assert from "node:assert/strict";
import { from } from "arquero";
import { valuesTable } from "../../lib/notebook/data_table.ts";
import { InputError } from "../../lib/responses/input_error.ts";

const options = {
  name: "people",
  title: { da: "Folk", en: "People" },
  base: { da: "alle <her>", en: "everyone <here>" },
};
const label = { da: "Navn & by", en: "Name & town" };

Deno.test("valuesTable() shows the named columns in order, with words for ids", () => {
  const table = from([{ a: 0.25, hidden: 1, id: "x" }, { a: null, hidden: 2, id: "y" }]);
  const shown = valuesTable(table, {
    ...options,
    columns: {
      id: { label, words: (id, language) => `${id} (${language})` },
      a: { label: { da: "Andel", en: "Share" }, kind: "share" },
    },
  });
  const { part } = shown.render("da");
  assert.deepEqual(part.tables?.[0]?.rows, [["x (da)", 0.25], ["y (da)", null]]);
  assert.match(part.html, /Navn &amp; by/);
  assert.match(part.html, /alle &lt;her&gt;/);
  assert.doesNotMatch(part.html, /hidden/);
});

Deno.test("valuesTable() refuses a column that is not there, or of another kind", () => {
  const table = from([{ a: "many" }]);
  const shownAs = (columns: Parameters<typeof valuesTable>[1]["columns"]) => () =>
    valuesTable(table, { ...options, columns }).render("en");
  assert.throws(shownAs({ b: { label } }), InputError);
  assert.throws(shownAs({ a: { label, kind: "count" } }), /many/);
});
