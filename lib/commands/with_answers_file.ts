import { join } from "node:path";

/**
 * Gives a path where the answers of a run can stand for its notebooks, each of which is a process of
 * its own, and takes away what stands there when the run ends. Nobody else on the computer may read it.
 */
export async function withAnswersFile<T>(use: (path: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "survey-answers-" });
  try {
    return await use(join(folder, "answers"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
