/**
 * Takes out of deno.lock again what is never used and would be fetched before the first report:
 * `deno run -A tests/prune_lock.ts` after a dependency was added or changed, since Deno then asks the
 * packages anew what they need. It is what lib/notebook/danfo.ts has stand-ins for, with all that
 * only these need, and DuckDB for musl: there is no Deno that runs on it.
 */
interface Package {
  dependencies?: string[];
  optionalDependencies?: string[];
}

const LEFT_OUT = /^(@tensorflow\/.*|request|xlsx)(@|$)|-musl(@|$)/;
const file = new URL("../deno.lock", import.meta.url);
const lock = JSON.parse(await Deno.readTextFile(file));
const packages: Record<string, Package> = lock.npm;

for (const each of Object.values(packages)) {
  for (const kind of ["dependencies", "optionalDependencies"] as const) {
    if (each[kind]) each[kind] = each[kind].filter((needed) => !LEFT_OUT.test(needed));
  }
}

const needed = new Set<string>();
const waiting = Object.entries<string>(lock.specifiers)
  .map(([specifier, version]) => `${nameOf(specifier.slice("npm:".length))}@${version}`);
for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
  const found = keyOf(next);
  if (needed.has(found)) continue;
  needed.add(found);
  const { dependencies = [], optionalDependencies = [] } = packages[found]!;
  waiting.push(...dependencies, ...optionalDependencies);
}
lock.npm = Object.fromEntries(Object.entries(packages).filter(([name]) => needed.has(name)));
await Deno.writeTextFile(file, JSON.stringify(lock, null, 2) + "\n");

/** The name in `name@version`; a scope begins with @ too. */
function nameOf(text: string): string {
  return text.slice(0, text.indexOf("@", 1) < 0 ? undefined : text.indexOf("@", 1));
}

/** The lock names a dependency without its version, or without its peers, where that is enough. */
function keyOf(text: string): string {
  const found = text in packages
    ? [text]
    : Object.keys(packages).filter((key) => key.startsWith(`${text}_`) || nameOf(key) === text);
  if (found.length !== 1) throw new Error(`deno.lock: ${found.length} packages "${text}"`);
  return found[0]!;
}
