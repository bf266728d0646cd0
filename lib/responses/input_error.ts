/**
 * What the person at the keyboard can put right: a file, an option, a name.
 *
 * The message says what is wrong, where, and what to do. It is shown without a stack trace, and the
 * run ends with exit code 2 before anything is written.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}
