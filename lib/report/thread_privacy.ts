import { isAbsolute, join } from "node:path";
import process from "node:process";
import { internals } from "./jupyter_api.ts";
import { stripAnsi } from "./notebook_error.ts";

/** What a notebook is run in: its folder and its environment variables. */
export interface Surroundings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Where the notebook's own doings go. */
export interface Ends {
  /** It wrote to a stream. */
  readonly write: (stream: "stdout" | "stderr", text: string) => void;
  /** It asked for the end of everything. */
  readonly exit: (how: string) => never;
}

/** Functions of `Deno` that take a path, and how many. */
const ONE_PATH =
  "readTextFile readFile writeTextFile writeFile open create stat lstat mkdir remove readDir " +
  "readLink realPath chmod chown utime truncate";
const TWO_PATHS = "copyFile rename link symlink";

/**
 * Gives a thread what the threads of a process share: working directory, environment, console, output
 * streams, and an end of its own. What a notebook does to them is its own affair then.
 *
 * @returns Begins a notebook: everything is as it says.
 */
export function makePrivate(ends: Ends): (surroundings: Surroundings) => void {
  const variables: Record<string, string> = {};
  let folder = "/";
  const full = (path: unknown) =>
    typeof path === "string" && !isAbsolute(path) ? join(folder, path) : path;
  const wrap = (names: string, paths: number) => {
    for (const name of names.split(" ").flatMap((each) => [each, `${each}Sync`])) {
      const original = Reflect.get(Deno, name);
      if (typeof original !== "function") continue;
      const wrapped = (...args: unknown[]) =>
        original(...args.map((arg, index) => index < paths ? full(arg) : arg));
      replace(Deno, name, Object.defineProperty(wrapped, "name", { value: name }));
    }
  };
  wrap(ONE_PATH, 1);
  wrap(TWO_PATHS, 2);
  const cwd = () => folder;
  const chdir = (to: string | URL) => {
    const next = String(full(to instanceof URL ? decodeURIComponent(to.pathname) : to));
    if (!Deno.statSync(next).isDirectory) throw new Deno.errors.NotADirectory(next);
    folder = next;
  };
  replace(Deno, "cwd", cwd);
  replace(Deno, "chdir", chdir);
  replace(process, "cwd", cwd);
  replace(process, "chdir", chdir);

  const env = {
    get: (name: string) => Object.hasOwn(variables, name) ? variables[name] : undefined,
    set: (name: string, value: string) => void (variables[name] = String(value)),
    has: (name: string) => Object.hasOwn(variables, name),
    delete: (name: string) => void delete variables[name],
    toObject: () => ({ ...variables }),
  };
  replace(Deno, "env", env);
  const set: ProxyHandler<typeof variables>["set"] = (all, name, value) =>
    Reflect.set(all, name, String(value));
  replace(process, "env", new Proxy(variables, { set }));

  const isTerminal = Deno.stdout.isTerminal() || Deno.stderr.isTerminal();
  // Deno colours what goes to a terminal, and this does not.
  const plain = isTerminal && !Deno.noColor ? stripAnsi : (text: string) => text;
  globalThis.console = new internals.Console((text, level) =>
    ends.write(level > 1 ? "stderr" : "stdout", plain(text))
  );
  for (const name of ["stdout", "stderr"] as const) ownStream(name, ends.write);
  ownCommand(variables, cwd);

  replace(globalThis, "close", () => ends.exit("close()"));
  replace(Deno, "exit", (code = 0) => ends.exit(`Deno.exit(${code})`));
  replace(process, "exit", (code = 0) => ends.exit(`process.exit(${code})`));
  replace(process, "reallyExit", (code = 0) => ends.exit(`process.exit(${code})`));
  replace(process, "abort", () => ends.exit("process.abort()"));
  for (const [owner, kill] of [[Deno, Deno.kill], [process, process.kill]] as const) {
    replace(
      owner,
      "kill",
      (pid: number, signal: Deno.Signal = "SIGTERM") =>
        pid === Deno.pid ? ends.exit(`${signal} to its own process`) : kill(pid, signal as never),
    );
  }
  return (surroundings) => {
    folder = surroundings.folder;
    for (const name of Object.keys(variables)) delete variables[name];
    Object.assign(variables, surroundings.env);
  };
}

function replace(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, {
    value,
    writable: true,
    configurable: true,
    enumerable: true,
  });
}

function ownStream(name: "stdout" | "stderr", write: Ends["write"]): void {
  const decoder = new TextDecoder();
  const writeSync = (bytes: Uint8Array) => {
    write(name, decoder.decode(bytes, { stream: true }));
    return bytes.length;
  };
  replace(Deno, name, {
    ...{ rid: Deno[name] === Deno.stdout ? 1 : 2, isTerminal: () => false, close: () => {} },
    writeSync,
    write: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)),
    writable: new WritableStream<Uint8Array>({ write: (bytes) => void writeSync(bytes) }),
  });
  replace(process[name], "write", (chunk: string | Uint8Array, ...rest: unknown[]) => {
    write(name, typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk));
    const done = rest.find((each) => typeof each === "function") as (() => void) | undefined;
    if (done) queueMicrotask(done);
    return true;
  });
}

/**
 * A child process begins in the notebook's folder, with the notebook's variables, and ends at the
 * latest with this process: beside it stands a shell that ends it when this process is gone.
 */
function ownCommand(variables: Readonly<Record<string, string>>, cwd: () => string): void {
  const { Command } = Deno;
  const guarded = (child: Deno.ChildProcess) => {
    if (Deno.build.os === "windows") return child;
    const guard = new Command("/bin/sh", {
      args: ["-c", GUARD, "guard", String(child.pid)],
      stdin: "piped",
      stdout: "null",
      stderr: "null",
      detached: true,
    }).spawn();
    guard.unref();
    const said = guard.stdin.getWriter();
    child.status.then(() => said.write(new TextEncoder().encode("ended\n"))).then(() =>
      said.close()
    )
      .catch(() => {});
    return child;
  };
  class NotebookCommand extends Command {
    readonly #command: string | URL;
    readonly #options: Deno.CommandOptions;

    constructor(command: string | URL, options: Deno.CommandOptions = {}) {
      const env = options.clearEnv ? options.env : { ...variables, ...options.env };
      const own = { cwd: cwd(), ...options, ...env && { env }, clearEnv: true };
      super(command, own);
      this.#command = command;
      this.#options = own;
    }

    override spawn(): Deno.ChildProcess {
      return guarded(super.spawn());
    }

    override output(): Promise<Deno.CommandOutput> {
      const piped = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
      return guarded(new Command(this.#command, { ...piped, ...this.#options }).spawn()).output();
    }
  }
  replace(Deno, "Command", NotebookCommand);
}

/** Ends a process when its own input ends, which is when whoever started it is gone. */
const GUARD = `trap '' INT TERM HUP; read line; [ "$line" = ended ] || kill -9 "$1"`;

/** What a program can change for everyone who comes after it in the same thread. */
function shared(): object[] {
  const found = new Set<object>([
    Object.getPrototypeOf([][Symbol.iterator]()),
    Object.getPrototypeOf(async () => {}),
  ]);
  const add = (owner: object) => {
    for (const key of Reflect.ownKeys(owner)) {
      const { value } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
      if (typeof value !== "function" && (typeof value !== "object" || value === null)) continue;
      found.add(value);
      if (typeof value === "function" && value.prototype) found.add(value.prototype);
    }
  };
  add(globalThis);
  add(Deno);
  return [...found.add(globalThis)];
}

/** The properties of everything global, to be compared later. */
export type Globals = ReadonlyMap<object, ReadonlyMap<PropertyKey, PropertyDescriptor>>;

/** Notes what everything global is now. */
export function noteGlobals(): Globals {
  return new Map(
    shared().map((object) => [
      object,
      new Map(
        Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)!]),
      ),
    ]),
  );
}

/** The names of what is global and other than it was. */
export function changedGlobals(before: Globals): string[] {
  return [...before].flatMap(([object, properties]) => {
    const keys = new Set([...properties.keys(), ...Reflect.ownKeys(object)]);
    return [...keys].filter((key) =>
      !isSame(properties.get(key), Object.getOwnPropertyDescriptor(object, key))
    ).map((key) => String(key));
  });
}

function isSame(a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined): boolean {
  return a !== undefined && b !== undefined && Object.is(a.value, b.value) && a.get === b.get &&
    a.set === b.set;
}
