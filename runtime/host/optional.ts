import { refusedFile } from "./filesFor.js";

/**
 * A package that only those install who use what it is for.
 *
 * @param does what it is for, such as `reads such files`
 * @throws SW_FILE that says what to install
 */
export async function optional<M>(op: string, name: string, does: string): Promise<M> {
  try {
    return (await import(name)) as M;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    if (!isMissing) throw error;
    throw refusedFile(op, `the package ${name} is not there, which ${does}; npm install ${name}`);
  }
}
