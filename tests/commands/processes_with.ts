/** How many processes have the mark in their environment. */
export function processesWith(mark: string): number {
  return [...Deno.readDirSync("/proc")].filter(({ name }) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return Deno.readTextFileSync(`/proc/${name}/environ`).includes(mark);
    } catch {
      // It ended while the list was read.
      return false;
    }
  }).length;
}
