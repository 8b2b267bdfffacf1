import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { BackendName } from "shapewright/runtime";

/** What can be said to every example on its command line. */
export interface ExampleOptions {
  /** `--backend wasm`: where to run. Without it, native TensorFlow where that is present. */
  readonly backend: BackendName | undefined;
  /** `--quick`: a few images and one epoch. */
  readonly quick: boolean;
  /** `--json`: print the figures as JSON, on the last line. */
  readonly json: boolean;
}

/** Reads the command line. */
export function exampleOptions(): ExampleOptions {
  const { values } = parseArgs({
    options: {
      backend: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { backend, quick, json } = values;
  // Any name will do here: open() knows which there are.
  return { backend: backend as BackendName | undefined, quick, json };
}

/** Whether a module is the one that was run, and not one that another imports. */
export function isMain(url: string): boolean {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}
