/** Types whose values are read here, as they stand one after the other in a page. */
export type PlainType = "text" | "int32" | "int64" | "float" | "double";

/**
 * The texts of values that stand one after the other in a page of a Parquet file. A text stands behind
 * its length in four bytes, numbers with their last byte first.
 *
 * @throws {RangeError} If the bytes end before that.
 */
export function plainTexts(count: number, page: DataView, type: PlainType): (string | null)[] {
  // A damaged file may say any number.
  if (!(count >= 0 && count * LEAST[type] <= page.byteLength)) {
    throw new RangeError(`${count} values in ${page.byteLength} bytes`);
  }
  const texts = new Array<string | null>(count);
  for (let i = 0, at = 0; i < count; i++) {
    switch (type) {
      case "text": {
        const from = at + 4;
        at = from + page.getUint32(at, true);
        if (at > page.byteLength) throw new RangeError("A text is cut off");
        texts[i] = decoder.decode(new Uint8Array(page.buffer, page.byteOffset + from, at - from));
        break;
      }
      case "int32":
        texts[i] = String(page.getInt32(4 * i, true));
        break;
      case "int64":
        texts[i] = String(page.getBigInt64(8 * i, true));
        break;
      case "float":
        texts[i] = textOf(page.getFloat32(4 * i, true));
        break;
      case "double":
        texts[i] = textOf(page.getFloat64(8 * i, true));
    }
  }
  return texts;
}

/** Bytes that a value takes at least. */
const LEAST = { text: 4, int32: 4, int64: 8, float: 4, double: 8 };
const decoder = new TextDecoder();

/** Data frames write NaN where there is none. */
function textOf(number: number): string | null {
  return Number.isNaN(number) ? null : String(number);
}
