/**
 * Takes TensorFlow out of deno.lock again, and all that only it needs: `deno run -A tests/prune_lock.ts`
 * after a dependency was added or changed, since Deno then asks danfojs-node anew what it needs. See
 * lib/notebook/danfo.ts.
 */
interface Package {
  dependencies?: string[];
  optionalDependencies?: string[];
}

const LEFT_OUT = "@tensorflow/tfjs-node";
const file = new URL("../deno.lock", import.meta.url);
const lock = JSON.parse(await Deno.readTextFile(file));
const packages: Record<string, Package> = lock.npm;

for (const [name, { dependencies }] of Object.entries(packages)) {
  if (!name.startsWith("danfojs-node@") || !dependencies) continue;
  packages[name]!.dependencies = dependencies.filter((needed) => needed !== LEFT_OUT);
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
