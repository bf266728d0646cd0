import assert from "node:assert/strict";
import * as fc from "fast-check";
import { codebook } from "../../lib/responses/study.ts";
import { deriveCodes, whereMask } from "../../lib/responses/where.ts";
import { NO_ANSWER, NOT_ASKED } from "../../lib/responses/survey.ts";

const code = fc.constantFrom(NO_ANSWER, 1, 2, 3, NOT_ASKED);
const variables = fc.integer({ min: 1, max: 3 }).chain((count) =>
  fc.integer({ min: 1, max: 4 }).chain((categories) =>
    fc.array(
      fc.record({
        column: fc.array(code, { minLength: 12, maxLength: 12 }),
        fits: fc.array(fc.option(fc.array(fc.integer({ min: 1, max: 3 }))), {
          minLength: categories,
          maxLength: categories,
        }),
      }),
      { minLength: count, maxLength: count },
    )
  )
);

Deno.test("deriveCodes() gives everybody the last category that settles it", () => {
  fc.assert(fc.property(variables, (all) => {
    const categories = all[0]!.fits.length;
    const made = deriveCodes(
      12,
      all.map(({ column, fits }) => ({
        column: Uint8Array.from(column),
        fits: fits.map((among) =>
          among && new Uint8Array(256).map((_, code) => among.includes(code) ? 1 : 0)
        ),
      })),
      categories,
    );
    const expected = Array.from({ length: 12 }, (_, row) => {
      let code: number = NO_ANSWER;
      for (let category = 0; category < categories; category++) {
        const needed = all.filter(({ fits }) => fits[category]);
        if (needed.every(({ column, fits }) => fits[category]!.includes(column[row]!))) {
          code = category + 1;
        } else if (needed.some(({ column }) => column[row] === NOT_ASKED)) code = NOT_ASKED;
      }
      return code;
    });
    assert.deepEqual([...made], expected);
  }));
});

Deno.test("whereMask() names the variable that a misspelt name or label is near to", () => {
  const codes = new Map([["gender", Uint8Array.of(1)], ["tenure", Uint8Array.of(1)]]);
  const mask = (name: string) => () => whereMask(codes, codebook(), { [name]: ["woman"] }, 1);
  for (const name of ["kon", "gendre"]) {
    assert.throws(mask(name), { message: /^The data have no column ".+"\. Is "gender" meant\?/ });
  }
  assert.throws(mask("shoe size"), { message: /no column "shoe size"\. Add it to the file, or/ });
});
