import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ShapewrightError } from "../../src/ir/errors.js";

/** Why a file could not be loaded: what is wrong and where, in the user's own files. */
export function loadFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // By name: the file may have loaded another copy of Shapewright than this command is of.
  if (error.name === "ShapewrightError") return error.message;
  const { message } = error;
  if (message.includes("Top-level await")) {
    const [first] = syntaxErrors(message).split("\n");
    return `${first}\nA CommonJS module cannot wait at its top level: name the file .mts, or write "type": "module" in package.json`;
  }
  if (error.name === "TransformError") return syntaxErrors(message);
  const kind = error.name === "Error" ? "" : `${error.name}: `;
  return [kind + message, ...placesIn(error.stack ?? "").map((place) => `  at ${place}`)].join("\n");
}

/** The code of an error of Shapewright's: also of another copy that the file has loaded. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "ShapewrightError") return undefined;
  return (error as ShapewrightError).code;
}

/** The places of the user's in a trace of calls, each once, as `file:line:column`: those of neither packages, Node.js, nor ours. */
export function placesIn(trace: string): string[] {
  const places = trace.split("\n").flatMap((line) => {
    // What tsx makes of a CommonJS module has no lines of the user's, but tells the file.
    const made = /data:text\/javascript,.*\?filePath=(.*?)(?:%3F.*)?(?::\d+)+\)?$/.exec(line);
    if (made) return [relative(process.cwd(), decodeURIComponent(made[1]!))];
    const place = /^(?:\s+at (?:async )?(?:.* \()?)?((?:file:\/\/|\/|[A-Za-z]:\\).*?)((?::\d+)+)\)?$/.exec(line);
    if (!place) return [];
    const [, called, at] = place;
    const plain = called!.replace(/[?#].*$/, "");
    const path = plain.startsWith("file://") ? fileURLToPath(plain) : plain;
    return path.includes("node_modules") || own.some((folder) => path.startsWith(folder))
      ? []
      : [relative(process.cwd(), path) + at];
  });
  return [...new Set(places)];
}

/** Where our own files stand, in the sources and in the package, whose modules are bundled into chunks. */
const own = ["..", "../../src", "../../compiler", "../../chunks"].map((folder) =>
  fileURLToPath(new URL(`${folder}/`, import.meta.url)),
);

/** esbuild's list of syntax errors, each on a line of its own. */
function syntaxErrors(message: string): string {
  const errors = [...message.matchAll(/^(.*?):(\d+):(\d+): ERROR: (.*)$/gm)];
  if (errors.length === 0) return message;
  return errors
    .map(([, path, line, column, text]) => `${relative(process.cwd(), path!)}:${line}:${Number(column) + 1}: ${text}`)
    .join("\n");
}
