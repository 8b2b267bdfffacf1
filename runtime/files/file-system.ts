/** A file that is read in parts. */
export interface OpenFile {
  /** In bytes. */
  readonly size: number;
  read(at: number, length: number): ArrayBuffer;
  /** Fills memory with the bytes from `at` on, beside what the program does meanwhile. The file is not closed before that has ended. */
  fill(memory: Uint8Array, at: number): Promise<void>;
  close(): void;
}

/** What stands in a folder. */
export interface Entry {
  readonly name: string;
  /** What it is, or where it is a link, what that leads to; what leads nowhere is taken for a file. */
  readonly kind: "file" | "folder";
  readonly isLink: boolean;
}

/** Files, by their paths. What can't be done throws the system's own error. */
export interface Files {
  open(path: string): OpenFile;
  /** Writes a file whole, from its parts, or not at all. */
  write(path: string, parts: readonly Uint8Array[]): void;
  /** Writes to the end of a file, which is made with its folders where it is not there. */
  append(path: string, bytes: Uint8Array): void;
  exists(path: string): boolean;
  /** What stands in a folder, in no order. */
  list(path: string): readonly Entry[];
  /** The path of what a path leads to, with no link in it. */
  realPath(path: string): string;
  /** The SHA-256 of bytes, in hexadecimal digits. */
  sha256(parts: Iterable<Uint8Array>): string;
  /** Takes a path for this process alone: gives how it is given back, or the number of the process that has it. */
  lock(path: string): (() => void) | number;
  /** Removes a file, if it is there. */
  remove(path: string): void;
  /** Why something could not be read or written, such as "EACCES: permission denied". */
  reasonOf(error: unknown): string;
}
