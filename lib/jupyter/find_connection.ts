/** Where a kernel's sockets are, as far as this project needs it from a connection file. */
export interface Connection {
  readonly ip: string;
  readonly iopub_port: number;
}

/**
 * Reads the connection file of the kernel that this code runs in.
 *
 * Deno does not hand it to cells; the kernel's command line says it.
 *
 * @returns Address and port on which the kernel publishes outputs.
 * @throws {Error} The file is not named anywhere, or is gone.
 */
export async function findConnection(): Promise<Connection> {
  const file = connectionArgument(await commandLine());
  return JSON.parse(await Deno.readTextFile(file)) as Connection;
}

/** The arguments of this process, NUL between them where the system keeps them apart. */
async function commandLine(): Promise<string> {
  if (Deno.build.os === "linux") return await Deno.readTextFile("/proc/self/cmdline");
  const [program, ...args] = Deno.build.os === "windows"
    ? [
      "powershell",
      "-NoProfile",
      "-Command",
      `(Get-CimInstance Win32_Process -Filter "ProcessId=${Deno.pid}").CommandLine`,
    ]
    : ["ps", "-ww", "-o", "args=", "-p", String(Deno.pid)];
  const { stdout } = await new Deno.Command(program!, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout);
}

/**
 * Finds the value of `--conn` in a command line.
 *
 * @param line Arguments with NUL after each, or one line as `ps` prints it, where a path with
 *   spaces ends with `.json`.
 * @returns The path.
 * @throws {Error} There is no such argument.
 */
export function connectionArgument(line: string): string {
  const apart = line.match(/\0--conn(?:\0|=)([^\0]+)/)?.[1];
  const joined = line.match(/\s--conn[\s=]"?(.+?\.json|\S+?)"?(?:\s|$)/)?.[1];
  const path = apart ?? joined;
  if (path === undefined) throw new Error(`no --conn in the command line ${JSON.stringify(line)}`);
  return path;
}
