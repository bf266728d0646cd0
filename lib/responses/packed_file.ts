/** Where the next array begins: typed arrays need such places. */
const ALIGNMENT = 8;
/** So much is written at once: what other threads share has to be copied before. */
const STRETCH = 2 ** 22;

const ARRAYS = { Uint8Array, Int32Array, Float64Array };
type Packable = InstanceType<typeof ARRAYS[keyof typeof ARRAYS]>;

/** What stands in the text where a typed array or a map was. */
interface Place {
  readonly "(array)"?: readonly [type: keyof typeof ARRAYS, at: number, length: number];
  readonly "(map)"?: readonly (readonly [unknown, unknown])[];
}

/**
 * Writes a value for another process of this run: JSON, with maps and typed arrays in it, the arrays
 * as they are in memory. Nobody else on the computer may read the file.
 *
 * @param value Finite numbers, texts, truth values, null, lists, objects, maps, and arrays of type
 *   Uint8Array, Int32Array or Float64Array.
 * @throws {TypeError} Where it holds anything else.
 */
export async function writePacked(path: string, value: unknown): Promise<void> {
  const arrays: Packable[] = [];
  let end = 0;
  const text = JSON.stringify(value, (_, inside: unknown) => {
    if (inside instanceof Map) return { "(map)": [...inside] } satisfies Place;
    if (!ArrayBuffer.isView(inside)) return plain(inside);
    const array = inside as Packable;
    const type = array.constructor.name as keyof typeof ARRAYS;
    if (!(type in ARRAYS)) throw new TypeError(`A ${type} cannot be packed`);
    arrays.push(array);
    const at = end;
    end = aligned(at + array.byteLength);
    return { "(array)": [type, at, array.length] } satisfies Place;
  });
  const header = new TextEncoder().encode(text);
  using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
  await writeAll(file, new Uint8Array(Float64Array.of(header.length).buffer));
  await writeAll(file, header);
  await writeAll(file, new Uint8Array(aligned(header.length) - header.length));
  for (const array of arrays) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    await writeAll(file, bytes);
    await writeAll(file, new Uint8Array(aligned(bytes.length) - bytes.length));
  }
}

/**
 * Reads what {@link writePacked} wrote. The arrays share the memory of the file's bytes.
 *
 * @throws {Deno.errors.NotFound} And what else reading a file may throw.
 */
export async function readPacked<T>(path: string): Promise<T> {
  const { buffer } = await Deno.readFile(path);
  const [length = 0] = new Float64Array(buffer, 0, 1);
  const begin = ALIGNMENT + aligned(length);
  const text = new TextDecoder().decode(new Uint8Array(buffer, ALIGNMENT, length));
  return JSON.parse(text, (_, inside: unknown) => {
    if (typeof inside !== "object" || inside === null) return inside;
    const { "(array)": array, "(map)": map } = inside as Place;
    if (map !== undefined) return new Map(map);
    if (array === undefined) return inside;
    const [type, at, length] = array;
    return new ARRAYS[type](buffer, begin + at, length);
  });
}

/** JSON would leave out what a class has besides its properties, and has no other numbers. */
function plain(value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`${value} cannot be packed`);
  }
  const parent = typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : null;
  if (parent === null || parent === Object.prototype || Array.isArray(value)) return value;
  throw new TypeError(`A ${parent.constructor.name} cannot be packed`);
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; from += STRETCH) {
    const stretch = bytes.slice(from, from + STRETCH);
    for (let at = 0; at < stretch.length;) at += await file.write(stretch.subarray(at));
  }
}

function aligned(position: number): number {
  return Math.ceil(position / ALIGNMENT) * ALIGNMENT;
}
