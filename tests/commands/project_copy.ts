import { dirname, join } from "node:path";
import { PROJECT } from "../../lib/commands/project.ts";

/** A copy of the project that a test may change. */
export interface ProjectCopy {
  readonly folder: string;
  readonly cli: string;
  /** The full path of one of its files. */
  path(name: string): string;
  /** Runs one of its commands to the end. */
  run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

/**
 * Runs something with a copy of the code, the data and some notebooks, which is removed afterwards.
 *
 * @param notebooks Names without extension.
 */
export async function withProjectCopy(
  notebooks: readonly string[],
  run: (project: ProjectCopy) => Promise<void>,
): Promise<void> {
  // What the system gives may be a link; what is watched goes by its real name.
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "project-" }));
  const path = (name: string) => join(folder, name);
  const cli = path("lib/cli.ts");
  try {
    for (const name of ["lib", "data", "deno.json", "deno.lock"]) {
      await copy(join(PROJECT, name), path(name));
    }
    await Deno.mkdir(path("notebooks"));
    for (const name of notebooks) {
      const file = `notebooks/${name}.ipynb`;
      await copy(join(PROJECT, file), path(file));
    }
    await run({
      folder,
      cli,
      path,
      async run(...args) {
        const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", cli, ...args],
          cwd: folder,
          env: { INIT_CWD: "", NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
          stdin: "null",
        }).output();
        const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
        return { code, stdout: text(stdout), stderr: text(stderr) };
      },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) {
    await Deno.mkdir(dirname(to), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  for await (const { name } of Deno.readDir(from)) await copy(join(from, name), join(to, name));
}
