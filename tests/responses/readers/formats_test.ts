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

/** A small file as a machine with the big end first would write it: two variables, two cases. */
function bigEndian(): Uint8Array<ArrayBuffer> {
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
  text("NAME", 8);
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
