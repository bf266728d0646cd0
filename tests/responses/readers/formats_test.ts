import { binary, decimal, list, tableFromArrays, tableToIPC, utf8 } from "@uwdata/flechette";
import assert from "node:assert/strict";
import { readTable } from "../../../lib/responses/readers/read_table.ts";
import { fixture } from "../with_file.ts";

type Row = Record<string, string | null>;

/** The rows of a file as objects. */
async function rowsOf(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Row[]> {
  const { header, columns, respondents } = await readTable(bytes, name, (c) => c === "wellbeing");
  return Array.from(
    { length: respondents },
    (_, row) => Object.fromEntries(header.map((column, i) => [column, columns[i]![row] ?? null])),
  );
}

const read = (name: string) => rowsOf(Deno.readFileSync(fixture(name)), name);

Deno.test("the SPSS reader joins very long texts, cuts no letter in two, and writes dates as such", async () => {
  const [first, second] = await read("odd_texts.sav");
  assert.equal(first?.long, "æøå".repeat(116) + "slut");
  // Five bytes hold two letters of two bytes, and half of a third.
  assert.deepEqual([first?.cut, second?.cut], ["æø", "aæø"]);
  assert.deepEqual([first?.date, second?.date], ["2023-01-31", null]);
  assert.equal(first?.stamp, "2023-01-31T23:30:00");
  assert.equal(first?.half, "0.5");
  assert.equal(second?.long, null);
});

Deno.test("the SPSS reader reads big-endian files", async () => {
  const swapped = bigEndian();
  assert.deepEqual(await rowsOf(swapped, "a.sav"), [{ AGE: "1", NAME: "æb" }, {
    AGE: "2.5",
    NAME: null,
  }]);
});

Deno.test("the SPSS reader knows a long name by a short one that ends inside a letter", async () => {
  const bytes = bigEndian("\xc3\xa6ldnin\xc3", [
    [13, "AGE=Alder\t\xc3\xa6LDNIN\xc3=\xc3\xa6ldning\xc3\xb8\xc3\xa5"],
    [20, "UTF-8"],
  ]);
  const { header } = await readTable(bytes, "a.sav", () => false);
  assert.deepEqual(header, ["Alder", "ældningøå"]);
});

/** A small file as a machine with the big end first would write it: two variables, two cases. */
function bigEndian(
  name = "NAME",
  extensions: readonly [number, string][] = [],
): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  const text = (value: string, length: number) => {
    for (let i = 0; i < length; i++) bytes.push(value.charCodeAt(i) || 32);
  };
  const int = (...values: number[]) =>
    values.forEach((value) =>
      bytes.push(value >>> 24 & 255, value >> 16 & 255, value >> 8 & 255, value & 255)
    );
  const float = (value: number) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    bytes.push(...new Uint8Array(view.buffer));
  };
  text("$FL2", 4);
  text("@(#) SPSS DATA FILE", 60);
  int(2, 2, 0, 0, 2);
  float(100);
  text("", 9 + 8 + 64 + 3);
  int(2, 0, 0, 0, 0x050802, 0x050802);
  text("AGE", 8);
  int(2, 8, 0, 0, 0x010800, 0x010800);
  text(name, 8);
  for (const [subtype, content] of extensions) {
    int(7, subtype, 1, content.length);
    text(content, content.length);
  }
  int(999, 0);
  float(1);
  text("\xe6b", 8);
  float(2.5);
  text("", 8);
  return Uint8Array.from(bytes);
}

Deno.test("the workbook reader writes dates without moving them by a zone, and numbers as they are", async () => {
  const [first, second] = await read("dates.xlsx");
  assert.deepEqual([first?.dato, second?.dato], ["2023-01-31", "1923-12-01"]);
  // Half past two does not exist on this day in Denmark.
  assert.equal(first?.tid, "2023-03-26T02:30:00");
  assert.deepEqual([first?.wellbeing, second?.wellbeing], ["1", "0.3"]);
});

Deno.test("the Arrow reader reads compressed columns of many blocks", async () => {
  const rows = await read("many_rows_lz4.feather");
  assert.equal(rows.length, 20_000);
  rows.forEach(({ n }, i) => assert.equal(n, `${i % 977} æøå`));
});

/** An Arrow stream of columns with their types. */
function arrowOf(columns: Record<string, unknown[]>, types: Record<string, unknown>) {
  const table = tableFromArrays(columns, {
    types: types as Record<string, ReturnType<typeof utf8>>,
  });
  return tableToIPC(table, { format: "stream" }) as Uint8Array<ArrayBuffer>;
}

Deno.test("the Arrow reader keeps all digits of decimals, and each column of two with a name", async () => {
  const ints = [123456789012345678901n, -5n, 100n];
  const bytes = arrowOf({ x: ints, y: ["a", "b", "c"] }, { x: decimal(38, 2), y: utf8() });
  // The names stand in the schema as they are.
  const at = bytes.indexOf("y".charCodeAt(0));
  bytes[at] = "x".charCodeAt(0);
  const { header, columns } = await readTable(bytes, "a.arrow", () => false);
  assert.deepEqual(header, ["x", "x"]);
  assert.deepEqual(columns, [["1234567890123456789.01", "-0.05", "1"], ["a", "b", "c"]]);
});

Deno.test("a respondent of whom only a column is filled that cannot be read is kept", async () => {
  const bytes = arrowOf({ a: ["1", null, null], b: [[1], [2], null] }, {
    a: utf8(),
    b: list(binary()),
  });
  const { respondents, unread } = await readTable(bytes, "a.arrow", () => false);
  assert.deepEqual([respondents, [...unread!.keys()]], [3, [1]]);
});

Deno.test("the Arrow reader refuses big-endian files before it reads them", async () => {
  for (const name of ["stream.arrow", "dictionary.feather"]) {
    const bytes = Deno.readFileSync(fixture(name));
    const view = new DataView(bytes.buffer);
    const follow = (at: number) => at + view.getUint32(at, true);
    const message = follow(name.endsWith(".arrow") ? 8 : 16);
    const schema = follow(
      message + view.getUint16(message - view.getInt32(message, true) + 8, true),
    );
    const fields = schema - view.getInt32(schema, true);
    // No schema says that it is little-endian: the place of the first 1 behind it is set for where it does.
    const one = Array.from({ length: 2000 }, (_, i) => i)
      .find((i) => i > 4 && view.getInt16(schema + i, true) === 1)!;
    view.setUint16(fields + 4, one, true);
    await assert.rejects(readTable(bytes, name, () => false), /but they are big-endian/);
  }
});
