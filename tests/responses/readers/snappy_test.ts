import assert from "node:assert/strict";
import { crc32 as ofNode } from "node:zlib";
import * as fc from "fast-check";
import { crc32 } from "../../../lib/responses/readers/crc32.ts";
import { Unsnapper } from "../../../lib/responses/readers/snappy.ts";

/** What a piece of Snappy says: bytes as they are, or so many from so far back. */
type Piece = readonly number[] | { readonly back: number; readonly length: number };

/** Writes pieces as Snappy does. @returns The compressed bytes, and what they come to. */
function written(pieces: readonly Piece[], withFour: boolean): [Uint8Array, number[]] {
  const [packed, plain]: [number[], number[]] = [[], []];
  for (const piece of pieces) {
    if (!("back" in piece)) {
      if (piece.length === 0) continue;
      if (piece.length > 60) packed.push(60 << 2, piece.length - 1);
      else packed.push((piece.length - 1) << 2);
      packed.push(...piece);
      plain.push(...piece);
      continue;
    }
    if (plain.length === 0) continue;
    const offset = 1 + piece.back % plain.length;
    if (withFour) packed.push((piece.length - 1) << 2 | 3, offset & 255, offset >> 8, 0, 0);
    else if (piece.length >= 4 && piece.length <= 11 && offset < 2048) {
      packed.push((offset >> 8) << 5 | (piece.length - 4) << 2 | 1, offset & 255);
    } else packed.push((piece.length - 1) << 2 | 2, offset & 255, offset >> 8);
    for (let i = 0; i < piece.length; i++) plain.push(plain[plain.length - offset]!);
  }
  const length: number[] = [];
  for (let left = plain.length;; left >>= 7) {
    length.push(left > 127 ? left & 127 | 128 : left);
    if (left <= 127) break;
  }
  return [Uint8Array.from([...length, ...packed]), plain];
}

const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.array(fc.nat(255), { maxLength: 90 }),
  fc.record({ back: fc.nat(300), length: fc.integer({ min: 1, max: 64 }) }),
);

Deno.test("Unsnapper gives back whatever Snappy can have written", () => {
  const snappy = new Unsnapper();
  fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), fc.boolean(), (pieces, withFour) => {
    const [packed, plain] = written(pieces, withFour);
    assert.deepEqual([...snappy.unsnap(packed, plain.length)], plain);
    assert.throws(() => snappy.unsnap(packed, plain.length + 1), RangeError);
  }));
});

Deno.test("Unsnapper gives so many bytes or refuses, however damaged what it is given", () => {
  const snappy = new Unsnapper();
  let refused = 0;
  fc.assert(
    fc.property(fc.array(piece), fc.nat(), fc.nat(255), (pieces, at, byte) => {
      const [packed, plain] = written(pieces, false);
      packed[at % packed.length] = byte;
      try {
        assert.equal(snappy.unsnap(packed, plain.length).length, plain.length);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        refused++;
      }
    }),
  );
  assert(refused > 0, "nothing was refused");
});

Deno.test("crc32() is what zip files have", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => assert.equal(crc32(bytes), ofNode(bytes))),
  );
});
