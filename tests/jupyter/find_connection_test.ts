import { strictEqual, throws } from "node:assert/strict";
import { connectionArgument } from "../../lib/jupyter/wire_barrier.ts";

Deno.test("connectionArgument() finds the file among arguments that are kept apart", () => {
  const line = "/usr/bin/deno\0jupyter\0--kernel\0--conn\0/home/a b/kernel-1.json\0";
  strictEqual(connectionArgument(line), "/home/a b/kernel-1.json");
  strictEqual(connectionArgument("deno\0jupyter\0--conn=/k.json\0"), "/k.json");
});

Deno.test("connectionArgument() finds the file in one line, spaces in it or not", () => {
  const mac = "deno jupyter --kernel --conn /Users/a/Library/Application Support/k-1.json";
  strictEqual(connectionArgument(mac), "/Users/a/Library/Application Support/k-1.json");
  const windows = String.raw`"C:\deno.exe" jupyter --kernel --conn "C:\Users\a b\k.json"`;
  strictEqual(connectionArgument(windows), String.raw`C:\Users\a b\k.json`);
  strictEqual(connectionArgument("deno jupyter --conn /tmp/file --kernel"), "/tmp/file");
});

Deno.test("connectionArgument() refuses a line that names no file", () => {
  throws(() => connectionArgument("deno\0jupyter\0--kernel\0"), /no --conn/);
});
