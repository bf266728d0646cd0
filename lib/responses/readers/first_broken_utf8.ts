/** Position of the first byte that is no UTF-8: halve the stretch until it is found. */
export function firstBrokenUtf8(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // A stream may end inside a letter, so that a cut at any byte is no error in itself.
    try {
      new TextDecoder("utf-8", { fatal: true })
        .decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      bad = middle;
    }
  }
  return good;
}
