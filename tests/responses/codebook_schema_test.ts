import { deepEqual, equal, ok } from "node:assert/strict";
import { codebookSchema } from "../../lib/responses/codebook_schema.ts";
import { dataFile } from "../../lib/responses/study.ts";

const FILE = dataFile("codebook.schema.json");

Deno.test("data/codebook.schema.json, by which editors complete the codebook, is what reads it", () => {
  const text = `${JSON.stringify(codebookSchema(), null, 1)}\n`;
  if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") Deno.writeTextFileSync(FILE, text);
  equal(
    text,
    Deno.readTextFileSync(FILE),
    "The codebook's fields have changed: run the tests with UPDATE_SNAPSHOTS=1",
  );
});

// deno-lint-ignore no-explicit-any
type Json = any;

Deno.test("every field of the shipped codebook is one that its schema has, and none is missing", () => {
  let fields = 0;
  const check = (value: Json, schema: Json, at: string) => {
    fields++;
    if (schema.anyOf) schema = value === null ? schema.anyOf[0] : schema.anyOf[1];
    const type = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
    const named = schema.type === "integer" ? "number" : schema.type ?? type;
    equal(type, named, at);
    if (schema.enum) ok(schema.enum.includes(value), at);
    if (type === "array") {
      value.forEach((each: Json, i: number) => check(each, schema.items, `${at}.${i}`));
    }
    if (type !== "object") return;
    for (const [key, each] of Object.entries(value)) {
      const own = schema.properties?.[key] ?? schema.additionalProperties;
      ok(own, `${at}.${key} is no field`);
      check(each, own, `${at}.${key}`);
    }
    deepEqual((schema.required ?? []).filter((key: string) => !(key in value)), [], at);
  };
  check(JSON.parse(Deno.readTextFileSync(dataFile("codebook.json"))), codebookSchema(), "");
  ok(fields > 500);
});
