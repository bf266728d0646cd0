/** What a program can change for everyone who comes after it in the same thread. */
function shared(): object[] {
  const found = new Set<object>([
    Object.getPrototypeOf([][Symbol.iterator]()),
    Object.getPrototypeOf(async () => {}),
  ]);
  const add = (owner: object) => {
    for (const key of Reflect.ownKeys(owner)) {
      const { value } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
      if (typeof value !== "function" && (typeof value !== "object" || value === null)) continue;
      found.add(value);
      if (typeof value === "function" && value.prototype) found.add(value.prototype);
    }
  };
  add(globalThis);
  add(Deno);
  return [...found.add(globalThis)];
}

/** The properties of everything global, to be compared later. */
export type Globals = ReadonlyMap<object, ReadonlyMap<PropertyKey, PropertyDescriptor>>;

/** Notes what everything global is now. */
export function noteGlobals(): Globals {
  return new Map(
    shared().map((object) => [
      object,
      new Map(
        Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)!]),
      ),
    ]),
  );
}

/** The names of what is global and other than it was. */
export function changedGlobals(before: Globals): string[] {
  return [...before].flatMap(([object, properties]) => {
    const keys = new Set([...properties.keys(), ...Reflect.ownKeys(object)]);
    return [...keys].filter((key) =>
      !isSame(properties.get(key), Object.getOwnPropertyDescriptor(object, key))
    ).map((key) => String(key));
  });
}

function isSame(a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined): boolean {
  return a !== undefined && b !== undefined && Object.is(a.value, b.value) && a.get === b.get &&
    a.set === b.set;
}
