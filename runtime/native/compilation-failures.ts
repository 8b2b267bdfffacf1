import type { Machine } from "./machine.js";

/** A compilation that has failed: by what, and why. */
export interface FailedCompilation {
  readonly command: string;
  readonly headers: string;
  readonly reason: string;
}

/** Remembers beside a file, whose name tells all else that it depends on, that it could not be made. */
export function rememberFailure(file: string, failure: FailedCompilation, { files }: Machine): FailedCompilation {
  files.writeFileSync(placeOf(file), `${JSON.stringify(failure)}\n`);
  return failure;
}

export function forgetFailure(file: string, { files }: Machine): void {
  files.rmSync(placeOf(file), { force: true });
}

/** Why a file could not be made, where that was tried. */
export function failureRemembered(file: string, { files }: Machine): FailedCompilation | undefined {
  try {
    const failure = JSON.parse(files.readFileSync(placeOf(file), "utf8")) as FailedCompilation | null;
    return typeof failure?.reason === "string" ? failure : undefined;
  } catch {
    return undefined;
  }
}

function placeOf(file: string): string {
  return `${file}.failed`;
}
