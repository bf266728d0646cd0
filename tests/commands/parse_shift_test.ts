import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { parseShift } from "../../lib/commands/synthesize.ts";

Deno.test("parseShift() reads points with a sign, decimals and a decimal comma", () => {
  assert.deepEqual(
    parseShift(["pressure_change=+8", "wellbeing=-2,5", "act_omit = 0.5"]),
    { pressure_change: 8, wellbeing: -2.5, act_omit: 0.5 },
  );
  assert.deepEqual(parseShift([]), {});
});

Deno.test("parseShift() says how a shift is written", () => {
  for (const text of ["wellbeing", "wellbeing=", "=3", "wellbeing=much", "a=1=2"]) {
    assert.throws(
      () => parseShift([text]),
      (error) =>
        error instanceof InputError && error.message.includes(`"${text}"`) &&
        /pressure_change=\+8/.test(error.message),
    );
  }
  assert.throws(() => parseShift(["a=1", "a=2"]), /a is shifted twice/);
});
