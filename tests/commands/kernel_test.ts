import assert from "node:assert/strict";
import { filesIn, inFolder } from "./run_task.ts";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../lib/cli.ts", import.meta.url));
// Where Deno keeps what it has downloaded goes by HOME too; it is not to be downloaded again.
const DENO_DIR = JSON.parse(
  new TextDecoder().decode(
    (await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output()).stdout,
  ),
).denoDir;

/** `deno task kernel` for a person whose home is the folder. */
async function kernel(
  home: string,
  env: Record<string, string> = {},
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { DENO = Deno.execPath() } = env;
  const { code, stdout, stderr } = await new Deno.Command(DENO, {
    args: ["run", "-A", CLI, "kernel", ...args],
    env: {
      HOME: home,
      APPDATA: home,
      XDG_DATA_HOME: "",
      JUPYTER_DATA_DIR: "",
      DENO_DIR,
      NO_COLOR: "1",
      ...env,
    },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** The executable that the kernel is to run: a Deno that came with npx is copied beside it. */
function lastingExecutable(kernelFolder: string): string {
  const executable = Deno.execPath();
  return executable.split(/[\\/]/).includes("_npx")
    ? join(kernelFolder, basename(executable))
    : executable;
}

const specs = (folder: string) => filesIn(folder).filter((name) => name.endsWith("kernel.json"));

for (const variable of ["HOME", "XDG_DATA_HOME", "JUPYTER_DATA_DIR"] as const) {
  Deno.test({
    name: `deno task kernel registers this Deno below ${variable}, says where, and undoes it`,
    ignore: Deno.build.os === "windows" ||
      (variable === "XDG_DATA_HOME" && Deno.build.os !== "linux"),
    fn: () =>
      inFolder(async (folder) => {
        const env: Record<string, string> = variable === "HOME"
          ? {}
          : { [variable]: `${folder}/own` };
        const made = await kernel(folder, env);
        assert.equal(made.code, 0, made.stderr);
        const [path, ...others] = specs(folder);
        assert.ok(path, "a kernel.json is there");
        assert.deepEqual(others, []);
        assert.equal(path.startsWith("own/"), variable !== "HOME");
        assert.ok(made.stdout.includes(`${folder}/${path}`), made.stdout);
        assert.match(made.stdout, /--remove/);
        assert.match(made.stdout, /permissions/);
        const spec = JSON.parse(await Deno.readTextFile(`${folder}/${path}`));
        assert.deepEqual(spec.argv, [
          lastingExecutable(dirname(`${folder}/${path}`)),
          ...["jupyter", "--kernel", "--conn", "{connection_file}"],
        ]);
        assert.equal(spec.interrupt_mode, "message");
        assert.equal(spec.language, "typescript");

        const again = await kernel(folder, env);
        assert.equal(again.code, 0, again.stderr);
        const removed = await kernel(folder, env, "--remove");
        assert.equal(removed.code, 0, removed.stderr);
        assert.deepEqual(filesIn(folder).filter((name) => name.includes("kernels")), []);
        const nothing = await kernel(folder, env, "--remove");
        assert.equal(nothing.code, 0);
        assert.match(nothing.stdout, /Nothing to remove/);
      }),
  });
}

Deno.test("deno task kernel --remove brings back what was there, and leaves what is not its own", () =>
  inFolder(async (folder) => {
    const env = { JUPYTER_DATA_DIR: folder };
    const path = `${folder}/kernels/deno/kernel.json`;
    const other = { argv: ["elsewhere/deno"], display_name: "Other", language: "typescript" };
    await Deno.mkdir(`${folder}/kernels/deno`, { recursive: true });
    await Deno.writeTextFile(path, JSON.stringify(other));
    const refused = await kernel(folder, env, "--remove");
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /not registered by this task/);
    for (const _ of [1, 2]) assert.equal((await kernel(folder, env)).code, 0);
    assert.notDeepEqual(JSON.parse(await Deno.readTextFile(path)), other);
    assert.equal((await kernel(folder, env, "--remove")).code, 0);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(path)), other);
  }));

Deno.test({
  name: "deno task kernel keeps the Deno that came with npx: its cache may be cleared",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const cache = `${folder}/.npm/_npx/1a2b3c/node_modules/deno`;
      await Deno.mkdir(cache, { recursive: true });
      await Deno.copyFile(Deno.execPath(), `${cache}/deno`);
      const env = { DENO: `${cache}/deno`, JUPYTER_DATA_DIR: `${folder}/jupyter` };
      // Again too, as after an update.
      for (let time = 0; time < 2; time++) {
        const made = await kernel(folder, env);
        assert.equal(made.code, 0, made.stderr);
      }
      await Deno.remove(`${folder}/.npm`, { recursive: true });
      const { argv: [executable] } = JSON.parse(
        await Deno.readTextFile(`${folder}/jupyter/kernels/deno/kernel.json`),
      );
      assert.equal(executable, `${folder}/jupyter/kernels/deno/deno`);
      const { stdout } = await new Deno.Command(executable, { args: ["--version"] }).output();
      assert.ok(new TextDecoder().decode(stdout).startsWith(`deno ${Deno.version.deno} `));
      const removed = await kernel(folder, { ...env, DENO: Deno.execPath() }, "--remove");
      assert.equal(removed.code, 0, removed.stderr);
      assert.deepEqual(filesIn(`${folder}/jupyter`), []);
    }),
});
