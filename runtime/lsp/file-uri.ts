import { fileURLToPath, pathToFileURL } from "node:url";

/** The path of an open file, with slashes, as TypeScript has it. What is no file has none, as a text that was never saved. */
export function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri).replaceAll("\\", "/");
  } catch {
    return undefined;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
