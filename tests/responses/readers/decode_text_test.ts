import * as fc from "fast-check";
import assert from "node:assert/strict";
import { DataProblems } from "../../../lib/responses/problem.ts";
import { decodeText } from "../../../lib/responses/readers/read_table.ts";
import { latin1, utf16 } from "../with_file.ts";

Deno.test("decodeText() reads the same text from every encoding", () => {
  const text = "Køn;Sjældent;Ærø;år – ÅØÆ\r\n";
  const plain = text.replace("–", "-");
  assert.equal(decodeText(new TextEncoder().encode(text), "f"), text);
  assert.equal(decodeText(new TextEncoder().encode("\ufeff" + text), "f"), text);
  assert.equal(decodeText(utf16(text), "f"), text);
  assert.equal(decodeText(utf16(text, false), "f"), text);
  assert.equal(decodeText(latin1(plain), "f"), plain);
  // The dash of windows-1252, which Latin-1 does not have.
  assert.equal(decodeText(Uint8Array.of(0x35, 0x96, 0x38), "f"), "5–8");
});

Deno.test("decodeText() gives back any text without the character 0 that was written as UTF-8", () => {
  fc.assert(fc.property(
    fc.string({ unit: "grapheme" }).filter((t) => !t.includes("\0") && !t.startsWith("\ufeff")),
    (text) => assert.equal(decodeText(new TextEncoder().encode(text), "f"), text),
  ));
});

Deno.test("decodeText() gives text or a problem for any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    try {
      assert.equal(typeof decodeText(bytes, "f"), "string");
    } catch (error) {
      assert(error instanceof DataProblems, String(error));
    }
  }));
});
