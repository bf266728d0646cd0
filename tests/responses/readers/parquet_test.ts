import assert from "node:assert/strict";
import * as fc from "fast-check";
import { loadSurvey } from "../../../lib/responses/load_survey.ts";
import { DataProblems } from "../../../lib/responses/problem.ts";
import { readBytes, readRuns } from "../../../lib/responses/readers/bit_runs.ts";
import { hashText } from "../../../lib/responses/readers/hash_text.ts";
import { KeptTexts } from "../../../lib/responses/readers/kept_texts.ts";
import { readParquet } from "../../../lib/responses/readers/parquet.ts";
import type { Sink } from "../../../lib/responses/readers/receiver.ts";
import { bytesSource, fileSource } from "../../../lib/responses/readers/source.ts";
import { codebook } from "../../../lib/responses/shipped_codebook.ts";
import { fixture, withFile } from "../with_file.ts";

/** The columns of a stored file, and each of their values looked up again. */
async function read(name: string, threads: number) {
  let sinks: KeptTexts[] = [];
  const source = bytesSource(Deno.readFileSync(fixture(name)), name);
  const file = await readParquet(source, (header) => sinks = header.map(() => new KeptTexts()), {
    many: 0,
    threads,
  });
  const columns = sinks.map(({ values }) => values);
  const again = columns.map((values, c) => values.map((_, row) => file.textOf(row, c)));
  return { header: file.header, respondents: file.respondents, columns, again };
}

Deno.test("the Parquet reader puts parts that threads share together in the order of the file", async () => {
  const alone = await read("parts.parquet", 1);
  assert.equal(alone.respondents, 4);
  assert.deepEqual(alone.columns[0], ["a1", "a2", "a3", "a4"]);
  assert.deepEqual(await read("parts.parquet", 3), alone);
});

Deno.test("the Parquet reader finds a value again as it was read, a row of nothing left out", async () => {
  for (
    const name of ["parts.parquet", "codes_int8.parquet", "plain.parquet", "dictionary.parquet"]
  ) {
    const { columns, again } = await read(name, 2);
    assert.deepEqual(again, columns, name);
  }
});

Deno.test("the Parquet reader refuses a page that is not what its checksum says", async () => {
  const bytes = Deno.readFileSync(fixture("parts.parquet"));
  const text = new TextDecoder("latin1").decode(bytes);
  // The first letter of an answer in the first part, stored as it is.
  const at = text.indexOf("Kvinde");
  assert(at > 0);
  bytes[at] = "L".charCodeAt(0);
  await withFile("answers.parquet", bytes, async (path) => {
    await assert.rejects(
      loadSurvey(path, codebook()),
      (error) => error instanceof DataProblems && /checksum/.test(error.message),
    );
  });
});

/** Numbers as Parquet's mixture of runs: so many packed eights, or one value so many times. */
function written(pieces: readonly (readonly number[])[], width: number): Uint8Array {
  const bytes: number[] = [];
  for (const piece of pieces) {
    const isRun = piece.length % 8 !== 0 || piece.every((n) => n === piece[0]);
    bytes.push(isRun ? piece.length << 1 : (piece.length / 8) << 1 | 1);
    const values = isRun ? [piece[0]!] : piece;
    let [buffer, bits] = [0n, 0n];
    for (const value of values) {
      buffer |= BigInt(value) << bits;
      bits += BigInt(width);
    }
    for (let i = 0; i < Math.ceil(Number(bits) / 8); i++) {
      bytes.push(Number(buffer >> BigInt(8 * i) & 255n));
    }
  }
  return Uint8Array.from(bytes);
}

Deno.test("readRuns() gives back any numbers that were written, in runs and packed", () => {
  const sample = fc.integer({ min: 1, max: 20 }).chain((width) =>
    fc.tuple(
      fc.constant(width),
      fc.array(
        fc.oneof(
          fc.tuple(fc.nat(2 ** width - 1), fc.integer({ min: 1, max: 60 }))
            .map(([value, count]) => Array<number>(count).fill(value)),
          fc.integer({ min: 1, max: 5 }).chain((eights) =>
            fc.array(fc.nat(2 ** width - 1), { minLength: 8 * eights, maxLength: 8 * eights })
          ),
        ),
        { maxLength: 8 },
      ),
    )
  );
  fc.assert(fc.property(sample, ([width, pieces]) => {
    const numbers = pieces.flat();
    const into = new Int32Array(numbers.length);
    const bytes = written(pieces, width);
    readRuns({ bytes, at: 0, end: bytes.length }, width, into);
    assert.deepEqual([...into], numbers);
    if (width > 8) return;
    const each = new Uint8Array(numbers.length);
    readBytes({ bytes, at: 0, end: bytes.length }, width, each);
    assert.deepEqual([...each], numbers);
  }));
});

/** The columns of a stored file as loading a survey takes them: the first as hashes, the others as texts. */
async function readHashed(name: string, threads: number) {
  const hashes: number[][] = [];
  let [withPrefix, sinks]: [number, KeptTexts[]] = [0, []];
  const ids: Sink = {
    texts: () => assert.fail("the ids are wanted as hashes"),
    hashes: {
      prefix: "a",
      take(row, some, of) {
        for (let i = 0; i < some.length; i += 2) hashes[row + i / 2] = [some[i]!, some[i + 1]!];
        withPrefix += of.withPrefix;
      },
    },
  };
  const file = await readParquet(await fileSource(fixture(name), name), (header) => {
    [withPrefix, hashes.length] = [0, 0];
    sinks = header.map(() => new KeptTexts());
    return [ids, ...sinks.slice(1)];
  }, { many: 0, threads });
  const again = hashes.map((_, row) => file.textOf(row, 0));
  return { hashes, withPrefix, again, columns: sinks.slice(1).map(({ values }) => values) };
}

Deno.test("the Parquet reader hashes the ids alike in its own thread, in others, and with the library", async () => {
  for (
    const name of [
      "codes_int8.parquet",
      "codes_int64.parquet",
      "codes_double.parquet",
      "plain.parquet",
      "dictionary.parquet",
      "text_none.parquet",
      "text_snappy.parquet",
      "text_zstd.parquet",
      "booleans.parquet",
      "delta.parquet",
      "parts.parquet",
    ]
  ) {
    const alone = await readHashed(name, 1);
    const expected = new Int32Array(2);
    for (const [row, id] of ["a1", "a2", "a3", "a4"].entries()) {
      hashText(id, expected, 0);
      assert.deepEqual(alone.hashes[row], [...expected], `${name} ${id}`);
    }
    assert.deepEqual(alone.again, ["a1", "a2", "a3", "a4"], name);
    assert.equal(alone.withPrefix, 4, name);
    assert.deepEqual(await readHashed(name, 3), alone, name);
    const { columns } = await read(name, 1);
    assert.deepEqual(alone.columns, columns.slice(1), name);
  }
});
