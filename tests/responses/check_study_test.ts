import assert from "node:assert/strict";
import { moreThanInvited } from "../../lib/responses/check_responses.ts";
import { parseMapping } from "../../lib/responses/mapping.ts";
import { codebook } from "../../lib/responses/study.ts";
import { SMALL, validated } from "./with_file.ts";

const { fieldwork, invited } = codebook().study;
const year = Number(fieldwork.to.slice(0, 4));

/** A small file whose last column, called "Oprettet", has these values in turn. */
const withColumn = (...values: string[]) =>
  SMALL.trimEnd().split("\n")
    .map((line, i) => `${line},${i === 0 ? "Oprettet" : values[(i - 1) % values.length]}`).join(
      "\n",
    );
const asked = async (content: string, mapping: object = {}) => {
  const options = { mapping: parseMapping(mapping, "m.json", codebook()) };
  const { warnings } = await validated(content, "answers.csv", options);
  return warnings.filter(({ rule }) => rule === "other_year").map(({ value }) => value);
};

Deno.test("dates of another year than the fieldwork are asked about, left aside or not", async () => {
  const later = withColumn(`28-04-${year + 2} 00:00:11`, `${year + 2}-05-01`, "");
  assert.deepEqual(await asked(later), [`${year + 2}`]);
  assert.deepEqual(await asked(later, { columns: { Oprettet: null } }), [`${year + 2}`]);
});

Deno.test("dates of the fieldwork's year, of births, or of made-up people are not asked about", async () => {
  assert.deepEqual(await asked(withColumn(`28.4.${year}`)), []);
  assert.deepEqual(await asked(withColumn("28.4.1961", "3.1.1987", "7.7.1990")), []);
  assert.deepEqual(await asked(withColumn("ikke oplyst", `28.4.${year + 1}`)), []);
  const { synthetic_prefix } = codebook().respondent;
  const madeUp = withColumn(`28.4.${year + 1}`).replaceAll(/^a/gm, `${synthetic_prefix}a`);
  assert.deepEqual(await asked(madeUp), []);
});

Deno.test("more answers than people invited are asked about, unless they are made up", async () => {
  const { survey } = await validated(SMALL);
  const rules = (respondents: number, synthetic = false) =>
    moreThanInvited({ ...survey!, source: { ...survey!.source, respondents, synthetic } })
      .map(({ rule }) => rule);
  assert.deepEqual(rules(invited), []);
  assert.deepEqual(rules(invited + 1), ["more_than_invited"]);
  assert.deepEqual(rules(invited + 1, true), []);
});
