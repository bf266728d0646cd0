import { join } from "node:path";

/** How long the server may take to begin, in milliseconds. */
const PATIENCE_MS = 60_000;

/** All cells are in the page, also those that cannot be seen: it is read as a whole. */
const SETTINGS = {
  "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" },
  "@jupyterlab/apputils-extension:notification": { checkForUpdates: false, fetchNews: "false" },
};

/** A running Jupyter server for one test. */
export class JupyterServer {
  readonly #child: Deno.ChildProcess;
  readonly #said: Promise<string>;

  private constructor(
    child: Deno.ChildProcess,
    said: Promise<string>,
    /** Where it listens, with "/" at the end. */
    readonly url: string,
    readonly token: string,
  ) {
    this.#child = child;
    this.#said = said;
  }

  /**
   * @param program The path of `jupyter-lab`, or with `before` of the program that starts it.
   * @param root The folder it shows.
   * @param env Where it keeps its own files.
   */
  static async start(
    program: string,
    root: string,
    env: Readonly<Record<string, string>>,
    before: readonly string[] = [],
  ): Promise<JupyterServer> {
    const settings = join(env["JUPYTER_DATA_DIR"]!, "lab-settings");
    await Deno.mkdir(settings, { recursive: true });
    await Deno.writeTextFile(join(settings, "overrides.json"), JSON.stringify(SETTINGS));
    const child = new Deno.Command(program, {
      args: [
        ...before,
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        `--ServerApp.root_dir=${root}`,
        "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        "--LabApp.news_url=None",
        `--LabApp.app_settings_dir=${settings}`,
        `--JupyterNotebookApp.app_settings_dir=${settings}`,
      ],
      cwd: root,
      env: { ...env, SURVEY_LANG: "da" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const said = new Response(child.stderr).text();
    let ended = false;
    child.status.then(() => ended = true);
    const patience = performance.now() + PATIENCE_MS;
    while (!ended && performance.now() < patience) {
      const found = await findServer(env["JUPYTER_RUNTIME_DIR"]!, child.pid);
      if (found !== null) return new JupyterServer(child, said, found.url, found.token);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (!ended) child.kill("SIGKILL");
    throw new Error(`The Jupyter server did not start:\n${await said}`);
  }

  /** Ends the server and its kernels. @returns What it said. */
  async stop(): Promise<string> {
    this.#child.kill("SIGTERM");
    const guard = setTimeout(() => this.#child.kill("SIGKILL"), 20_000);
    await this.#child.status;
    clearTimeout(guard);
    return await this.#said;
  }
}

/** The server writes its address into a file when it listens. */
async function findServer(
  folder: string,
  pid: number,
): Promise<{ url: string; token: string } | null> {
  try {
    return JSON.parse(await Deno.readTextFile(join(folder, `jpserver-${pid}.json`)));
  } catch (error) {
    // Not there yet, or half written.
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}
