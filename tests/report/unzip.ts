/**
 * Reads the texts of a zip file (such as .xlsx), for tests: by its central directory, with the
 * platform's own inflate.
 */
export async function unzip(bytes: Uint8Array): Promise<Map<string, string>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  const files = new Map<string, string>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [method, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const local = view.getUint32(at + 42, true);
    const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name!));
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const body = bytes.slice(start, start + size);
    const stream = new Blob([body]).stream();
    const text = method === 0 ? stream : stream.pipeThrough(new DecompressionStream("deflate-raw"));
    files.set(path, await new Response(text).text());
    at += 46 + name! + extra! + comment!;
  }
  return files;
}
