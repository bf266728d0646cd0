import { dirname, join } from "node:path";
import { jupyterFolders, registerKernelIn } from "./jupyter_folders.ts";
import { JupyterServer } from "./jupyter_server.ts";
import { PythonEnvironment, runProgram } from "./python_environment.ts";

/** What the clients are installed from, into a virtual environment that is thrown away. */
const PACKAGES = [
  "nbclient==0.11.0",
  "nbformat==5.11.1",
  "jupyter_client==8.10.0",
  "nbconvert==7.17.2",
  "papermill==2.7.0",
  "jupyterlab==4.6.6",
  "notebook==7.6.5",
];

/** The one that notebooks ask for, as `deno task kernel` registers it. */
const KERNEL = "deno";

const NBCLIENT = `
import os, sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
folder = {"metadata": {"path": os.path.dirname(os.path.abspath(sys.argv[1]))}}
NotebookClient(notebook, kernel_name=sys.argv[3], timeout=600, resources=folder).execute()
nbformat.write(notebook, sys.argv[2])
`;

/** A client of Jupyter that runs a notebook file and writes the executed one. */
export type Client = "nbclient" | "nbconvert" | "papermill";

/** Jupyter's own programs in a folder of their own, with Deno's kernel registered. */
export class ScratchJupyter {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Installs everything; takes the time that `pip` takes. Python 3 has to be there. */
  static async install(): Promise<ScratchJupyter> {
    const jupyter = new ScratchJupyter(await Deno.makeTempDir({ prefix: "scratch-jupyter-" }));
    try {
      await PythonEnvironment.install(join(jupyter.folder, "venv"), PACKAGES);
      await registerKernelIn(jupyter.folder);
      return jupyter;
    } catch (error) {
      await jupyter.remove();
      throw error;
    }
  }

  /**
   * Runs a notebook.
   *
   * @param client Which program.
   * @param input The notebook's file.
   * @param output Where the executed one is written.
   */
  async execute(client: Client, input: string, output: string): Promise<void> {
    switch (client) {
      case "nbclient":
        return await this.#run(this.program("python"), ["-c", NBCLIENT, input, output, KERNEL]);
      case "nbconvert":
        return await this.#run(this.program("jupyter-nbconvert"), [
          "--execute",
          "--to=notebook",
          `--ExecutePreprocessor.kernel_name=${KERNEL}`,
          "--ExecutePreprocessor.timeout=600",
          `--output=${output}`,
          input,
        ]);
      case "papermill":
        return await this.#run(this.program("papermill"), [
          `--kernel=${KERNEL}`,
          "--no-progress-bar",
          input,
          output,
        ], dirname(input));
    }
  }

  /**
   * Makes HTML pages of notebooks as the README says, without running them.
   *
   * @param notebooks The notebooks' files.
   * @param folder Where the pages are written.
   */
  async export(notebooks: readonly string[], folder: string): Promise<void> {
    await this.#run(this.program("jupyter-nbconvert"), [
      "--to=html",
      "--HTMLExporter.mathjax_url=",
      "--HTMLExporter.require_js_url=",
      `--output-dir=${folder}`,
      ...notebooks,
    ]);
  }

  /**
   * Starts JupyterLab's server, which serves Notebook too, for this machine alone.
   *
   * @param root The folder whose notebooks it shows.
   */
  async serve(root: string): Promise<JupyterServer> {
    return await JupyterServer.start(this.program("jupyter-lab"), root, this.#env);
  }

  /** Throws everything away. */
  async remove(): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }

  /** The full path of one of Jupyter's programs. */
  program(name: string): string {
    return PythonEnvironment.at(join(this.folder, "venv")).program(name);
  }

  get #env(): Record<string, string> {
    return jupyterFolders(this.folder);
  }

  async #run(program: string, args: readonly string[], cwd = this.folder): Promise<void> {
    await runProgram(program, args, { cwd, env: this.#env });
  }
}
