/**
 * Reads a piece of a file.
 *
 * @param from The position in the file.
 * @param into Where the bytes go.
 * @returns Number of bytes read: fewer than there is room for where the file ends.
 */
export function readPiece(path: string | URL, from: number, into: Uint8Array): number {
  using file = Deno.openSync(path);
  file.seekSync(from, Deno.SeekMode.Start);
  let done = 0;
  while (done < into.length) {
    const count = file.readSync(into.subarray(done));
    if (!count) break;
    done += count;
  }
  return done;
}
