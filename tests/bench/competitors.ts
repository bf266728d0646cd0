import { exists } from "./exists.ts";
import { PythonEnvironment, runProgram } from "../jupyter/python_environment.ts";

/** What the Python competitors are installed from. */
const PACKAGES = [
  "pandas==3.1.1",
  "polars==2.1.0",
  "duckdb==2.0.0",
  "pyarrow==26.0.1",
  "nbconvert==7.17.2",
  "nbclient==0.11.0",
  "jupyter_client==8.10.0",
];

/** The competitors on this machine, each null where it could not be installed. */
export interface Competitors {
  readonly python: PythonEnvironment | null;
  /** The program that runs R with its package survey. */
  readonly rscript: string | null;
  /** Why one is missing, in words. */
  readonly missing: readonly string[];
}

/**
 * Installs what is missing: Python's packages into a folder of the tests' outputs, kept for the next
 * run, and R with its package survey by apt.
 *
 * @param folder The folder for the Python environment.
 * @param say Says what is going on.
 */
export async function installCompetitors(
  folder: string,
  say: (text: string) => void,
): Promise<Competitors> {
  const missing: string[] = [];
  const orMissing = async <T>(what: string, install: () => Promise<T>): Promise<T | null> => {
    try {
      return await install();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      missing.push(`${what}: ${reason.split("\n").slice(0, 4).join(" ")}`);
      return null;
    }
  };
  const python = await orMissing("pandas, polars, DuckDB and nbconvert", async () => {
    // A folder for each list of versions: one that was left half made has no mark.
    const mark = `${folder}/installed.json`;
    const wanted = JSON.stringify(PACKAGES);
    if (await exists(mark) && await Deno.readTextFile(mark) === wanted) {
      return PythonEnvironment.at(`${folder}/venv`);
    }
    say("installing pandas, polars, DuckDB and nbconvert …");
    if (await exists(folder)) await Deno.remove(folder, { recursive: true });
    await Deno.mkdir(folder, { recursive: true });
    const environment = await PythonEnvironment.install(`${folder}/venv`, PACKAGES);
    await Deno.writeTextFile(mark, wanted);
    return environment;
  });
  const rscript = await orMissing("R survey", async () => {
    const hasSurvey = () => runProgram("Rscript", ["-e", "library(survey)"]);
    try {
      await hasSurvey();
    } catch {
      say("installing R and its package survey …");
      await runProgram("apt-get", ["update", "-q"]);
      await runProgram("apt-get", [
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
        "r-base-core",
        "r-cran-survey",
        "r-cran-jsonlite",
      ]);
      await hasSurvey();
    }
    await runProgram("Rscript", ["-e", "library(jsonlite)"]);
    return "Rscript";
  });
  return { python, rscript, missing };
}
