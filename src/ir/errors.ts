/**
 * Every error of Shapewright. `code` is stable and may be matched on; `op` is the operation that refused its
 * arguments, where there is one; `help` is the command that prints the code's causes and cures, of docs/errors.md. Messages that start with `internal:` are mistakes of ours, never of a user.
 *
 * @example
 * try {
 *   await open(program, { backend: "tensorflow" });
 * } catch (error) {
 *   if (error instanceof ShapewrightError && error.code === "SW_BACKEND") console.log(error.message);
 * }
 */
export class ShapewrightError extends Error {
  override readonly name = "ShapewrightError";
  readonly help: string;
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly op?: string,
  ) {
    super(message);
    this.help = `npx shapewright explain ${code}`;
  }
}

/** All error codes, with what they mean. */
export const errorCodes = {
  SW_SHAPE: "Shapes that an op cannot combine, or a size that does not fit.",
  SW_DTYPE: "A dtype that an op does not take.",
  SW_VALUE: "An option or attribute outside its range.",
  SW_NAME: "A name that is none, or that is missing, unknown or used twice.",
  SW_GRADIENT: "A gradient that does not exist.",
  SW_DATA: "Data that does not fit the model: shape, dtype, range or count.",
  SW_DIVERGED: "Training whose loss became infinite or NaN.",
  SW_SESSION: "A session used in a way it does not allow, such as after dispose().",
  SW_FILE: "A file or folder that cannot be read or written.",
  SW_BACKEND: "A backend that is missing, that failed, or whose kernels do not take what they are given.",
  SW_INTERNAL: "A mistake of Shapewright's own.",
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** A condition that only a mistake of ours can break. */
export function internalError(message: string): ShapewrightError {
  return new ShapewrightError("SW_INTERNAL", `internal: ${message}`);
}
