/** A command that cannot be carried out as it was given. Printed without a stack; the process exits with `exitCode`. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  constructor(
    message: string,
    /** 2: the command line is wrong. 1: it is right, but what it asks for failed. */
    readonly exitCode: 1 | 2 = 2,
    /** The code of the error of Shapewright's that it is about, of which `explain` says more. */
    readonly code?: string,
  ) {
    super(message);
  }
}
