import type { Files } from "../../files/file-system.js";
import { attempt, filesFor, refusedFile } from "../../host/filesFor.js";
import { tellOnce } from "../../host/tellOnce.js";
import { logStart, type RunRecord } from "../../watch/records.js";

/**
 * Adds the records of a run to a log. Where the first cannot be written, nothing is lost yet, and it is refused; later, that is told once,
 * and training goes on.
 *
 * @throws SW_FILE for a file that holds anything but runs, or cannot be read
 */
export async function logWriter(op: string, path: string): Promise<(record: RunRecord) => void> {
  const files = await filesFor(op, path);
  const tell = tellOnce();
  const former = attempt(op, path, "read", files, () => boundsOf(path, files));
  if (former && former.start !== logStart)
    throw refusedFile(op, `${path} is not the log of a run, and is left as it is; choose another file for watch's log`);
  const append = (text: string) =>
    attempt(op, path, "written", files, () => files.append(path, new TextEncoder().encode(text)));
  /** What ends a line that was cut: by a process that was killed, or a disk that is full. */
  let end = former && former.end !== "\n" ? "\n" : "";
  let begun: string | undefined;
  return (record) => {
    const line = `${JSON.stringify(record)}\n`;
    if (begun === undefined) {
      append(end + line);
      [begun, end] = [line, ""];
      return;
    }
    try {
      // Whoever removed or emptied the log has one of the rest of the run.
      append((boundsOf(path, files) ? end : begun) + line);
      end = "";
    } catch (error) {
      tell(error);
      end = "\n";
    }
  };
}

/** How a file begins and ends; nothing where it is not there, or nothing in it. */
function boundsOf(path: string, files: Files) {
  if (!files.exists(path)) return undefined;
  const file = files.open(path);
  try {
    if (file.size === 0) return undefined;
    const text = (at: number, length: number) => new TextDecoder().decode(file.read(at, length));
    return { start: text(0, Math.min(logStart.length, file.size)), end: text(file.size - 1, 1) };
  } finally {
    file.close();
  }
}
