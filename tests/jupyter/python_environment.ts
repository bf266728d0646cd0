import { join } from "node:path";

/** Python programs in a folder of their own. Python 3 and a package registry have to be there. */
export class PythonEnvironment {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Makes a virtual environment and installs packages into it; takes the time that `pip` takes.
   *
   * @param folder Where; it must not be there yet.
   * @param packages With their versions, as `pip` takes them.
   */
  static async install(folder: string, packages: readonly string[]): Promise<PythonEnvironment> {
    const environment = new PythonEnvironment(folder);
    await runProgram("python3", ["-m", "venv", folder]);
    await runProgram(environment.program("pip"), [
      "install",
      "--quiet",
      "--disable-pip-version-check",
      ...packages,
    ]);
    return environment;
  }

  /** One that was installed before. */
  static at(folder: string): PythonEnvironment {
    return new PythonEnvironment(folder);
  }

  /** The full path of one of its programs. */
  program(name: string): string {
    return join(this.#folder, "bin", name);
  }
}

/**
 * Runs a program to its end.
 *
 * @throws {Error} With all it has said, where it fails.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Record<string, string>;
    readonly clearEnv?: boolean;
  } = {},
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    ...options,
  }).output();
  if (success) return;
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  throw new Error(`${program} failed:\n${said.trim()}`);
}
