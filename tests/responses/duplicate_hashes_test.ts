import assert from "node:assert/strict";
import * as fc from "fast-check";
import { duplicateHashes } from "../../lib/responses/duplicate_hashes.ts";
import { hashText } from "../../lib/responses/readers/hash_text.ts";
import { numberOf, plainNumber } from "../../lib/responses/readers/number_of.ts";

Deno.test("duplicateHashes() finds the hashes that stand there twice, in one part and in many", () => {
  const hash = fc.tuple(fc.constantFrom(0, 1, -(2 ** 31), -1), fc.nat(6));
  fc.assert(
    fc.property(fc.array(hash), fc.boolean(), (some, isMany) => {
      // Enough others that they are parted.
      const others = Array.from({ length: isMany ? 40_000 : 0 }, (_, i) => [i * 107_374, 1000 + i]);
      const all = [...some, ...others];
      const found = duplicateHashes(Int32Array.from(all.flat()), all.length);
      const counts = new Map<string, number>();
      for (const [a, b] of some) {
        if (b !== 0) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
      }
      assert.deepEqual(
        [...found].flatMap(([a, bs]) => [...bs].map((b) => `${a} ${b}`)).sort(),
        [...counts].filter(([, count]) => count > 1).map(([key]) => key).sort(),
      );
    }),
    { numRuns: 30 },
  );
});

Deno.test("hashText() tells two hundred thousand numbered ids apart", () => {
  const hashes = new Int32Array(400_000);
  for (let i = 0; i < 200_000; i++) {
    hashText(`synthetic-${String(i).padStart(7, "0")}`, hashes, 2 * i);
  }
  assert.equal(duplicateHashes(hashes, 200_000).size, 0);
  hashText("synthetic-0000007", hashes, 0);
  assert.equal(duplicateHashes(hashes, 200_000).size, 1);
});

Deno.test("plainNumber() finds what numberOf() finds, or leaves it to that", () => {
  const text = fc.oneof(
    fc.stringMatching(/^\d{0,10}[.,]?\d{0,10}$/),
    fc.string({ unit: fc.constantFrom("1", "0", "9", ".", ",", "-", "e", " "), maxLength: 8 }),
  );
  fc.assert(fc.property(text, (number) => {
    const bytes = new TextEncoder().encode(number);
    const found = plainNumber(bytes, 0, bytes.length);
    if (!Number.isNaN(found)) assert.equal(found, numberOf(number), number);
  }));
  assert.equal(numberOf("0,75"), 0.75);
  assert.equal(plainNumber(new TextEncoder().encode("1.1"), 0, 3), 1.1);
});
