import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type IdOrder, joined, OrderOfIds } from "../../lib/responses/readers/id_order.ts";

/** The order of ids that stand one after the other. */
function orderOf(ids: readonly string[]): IdOrder {
  const order = new OrderOfIds();
  const bytes = new TextEncoder().encode(ids.join("") + "    ");
  let at = 0;
  for (const id of ids) order.next(new DataView(bytes.buffer), at, at += id.length);
  return order.order;
}

const id = fc.string({ unit: fc.constantFrom(..."0129a~"), minLength: 1, maxLength: 70 });
const ids = fc.oneof(
  fc.array(id),
  fc.uniqueArray(id).map((some) =>
    some.sort((a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0))
  ),
  fc.nat(500).chain((from) =>
    fc.integer({ min: 1, max: 150 }).map((count) =>
      Array.from({ length: count }, (_, i) => String(from + i))
    )
  ),
);

Deno.test("OrderOfIds calls no ids ascending of which one stands there twice", () => {
  let ascending = 0;
  fc.assert(
    fc.property(ids, fc.nat(), (all, cut) => {
      const at = cut % (all.length + 1);
      for (
        const { isAscending } of [
          orderOf(all),
          joined(orderOf(all.slice(0, at)), orderOf(all.slice(at))),
        ]
      ) {
        if (!isAscending) continue;
        ascending++;
        assert.equal(new Set(all).size, all.length);
      }
      assert.deepEqual(
        joined(orderOf(all.slice(0, at)), orderOf(all.slice(at))),
        orderOf(all),
        "in two parts it is another order",
      );
    }),
  );
  assert(ascending > 0, "nothing ascends");
});

Deno.test("OrderOfIds sees that numbers ascend, with zeros before them or not", () => {
  const numbers = Array.from({ length: 3000 }, (_, i) => i + 8);
  for (const ids of [numbers.map(String), numbers.map((n) => `x-${String(n).padStart(7, "0")}`)]) {
    assert.equal(orderOf(ids).isAscending, true);
    assert.equal(orderOf([...ids, ids[0]!]).isAscending, false);
    assert.equal(orderOf(ids.with(1, ids[0]!)).isAscending, false);
  }
});
