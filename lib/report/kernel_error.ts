/** A kernel as such has failed: it never answered, died, or its messages were damaged. */
export class KernelError extends Error {
  override readonly name: string = "KernelError";
}

/** An answer did not come in time. */
export class KernelTimeoutError extends KernelError {
  override readonly name = "KernelTimeoutError";
}

/** The kernel's process has ended. */
export class KernelEndedError extends KernelError {
  override readonly name = "KernelEndedError";

  constructor({ signal, code }: Deno.CommandStatus) {
    super(
      signal === null
        ? `the kernel ended with exit code ${code}`
        : `the kernel was ended by ${signal}`,
    );
  }
}
