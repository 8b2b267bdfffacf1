import { host } from "#host";
import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords } from "../../src/ir/inWords.js";
import type { Files } from "../files/file-system.js";

/**
 * The files that there are, for `op`, which has been given the path of one.
 *
 * @throws SW_FILE where there are none, or the path is none
 */
export async function filesFor(op: string, path: string): Promise<Files> {
  checkPath(op, path);
  if (!host.files) throw refusedFile(op, "only Node.js has files");
  return host.files();
}

/**
 * Removes a file, if it is there.
 *
 * @throws SW_FILE when it cannot be removed
 */
export async function removeFile(op: string, path: string): Promise<void> {
  const files = await filesFor(op, path);
  attempt(op, path, "removed", files, () => files.remove(path));
}

/**
 * What is done to a file, for `op`.
 *
 * @throws SW_FILE that says why it cannot be done
 */
export function attempt<R>(
  op: string,
  path: string,
  done: "read" | "written" | "removed",
  files: Files,
  act: () => R,
): R {
  try {
    return act();
  } catch (error) {
    throw refusedFile(op, `${path} cannot be ${done}: ${files.reasonOf(error)}`);
  }
}

/** The same of what takes a while. */
export async function attemptLater<R>(
  op: string,
  path: string,
  done: "read",
  files: Files,
  act: () => Promise<R>,
): Promise<R> {
  try {
    return await act();
  } catch (error) {
    throw refusedFile(op, `${path} cannot be ${done}: ${files.reasonOf(error)}`);
  }
}

/** @throws SW_FILE for what is not the path of a file */
export function checkPath(op: string, path: unknown): void {
  if (typeof path === "string" && path.trim() !== "" && !path.includes("\0")) return;
  throw refusedFile(op, `${inWords(path)} is not the path of a file; write one, such as "models/digits.safetensors"`);
}

/** Ends of names that say of a file that it is of another kind than we write. */
const foreign = /\.(h5|hdf5|keras|npz|npy|onnx|pb|tflite|pt|pth|ckpt|json|csv)$/i;

/** @throws SW_FILE for what is not the path of a file that weights are written to: one of Keras's name would be taken for what it is not */
export function checkWeightsPath(op: string, path: unknown): void {
  checkPath(op, path);
  const [end] = foreign.exec(path as string) ?? [];
  if (end === undefined) return;
  const ours = op === "saveModel" ? ".shapewright" : ".safetensors";
  throw refusedFile(
    op,
    `${path} says of itself that it is ${end}, but what is written is a safetensors file; write ${(path as string).slice(0, -end.length)}${ours}`,
  );
}

/** What to do with a file of another framework, behind a message that it is none of ours. */
export function insteadOfForeign(path: string): string {
  const [, end] = /(\.(?:h5|hdf5|keras|pt|pth|ckpt)\b)[^/]*$/i.exec(path) ?? [];
  if (end === undefined) return "";
  return `; a ${end} file is written as safetensors by the framework that reads it: see the guide to saving, "Weights of Keras and PyTorch"`;
}

/** An error about a file. */
export function refusedFile(op: string, fault: string): ShapewrightError {
  return new ShapewrightError("SW_FILE", `${op}: ${fault}`, op);
}
