import { InputError } from "../responses/input_error.ts";

/** Whether the system did not let something be written: no leave, no room, a disk for reading alone. */
function isUnwritable(error: unknown): error is Error {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Error && /\(os error (?:13|28|30|122)\)/.test(error.message);
}

/**
 * Makes an action of the command line of a function: its exit code ends the process, Ctrl-C and a
 * request to end abort it, and what the person can put right is said without a stack trace.
 *
 * Exit codes: as the function returns; 2 where the input was refused; 130 and 143 where it was
 * stopped.
 */
export function runCommand<Arguments extends unknown[]>(
  run: (signal: AbortSignal, ...args: Arguments) => Promise<number>,
): (...args: Arguments) => Promise<void> {
  return async (...args) => {
    const stopped = new AbortController();
    let stopCode = 130;
    const onInterrupt = () => stopped.abort(new InputError("Stopped."));
    const onTerminate = () => {
      stopCode = 143;
      onInterrupt();
    };
    Deno.addSignalListener("SIGINT", onInterrupt);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", onTerminate);
    try {
      Deno.exit(await run(stopped.signal, ...args));
    } catch (error) {
      if (error instanceof InputError) console.error(error.message);
      else if (isUnwritable(error)) {
        console.error(
          `Nothing can be written there: ${error.message}\n` +
            `Give another place with --out, or make room or leave to write.`,
        );
      } else throw error;
      Deno.exit(stopped.signal.aborted ? stopCode : 2);
    }
  };
}
