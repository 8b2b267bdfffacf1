import { WriteStream } from "node:tty";
import { styleText } from "node:util";
import { wrapped } from "../check/format/wrapped.js";

type Style = Parameters<typeof styleText>[0];

/** Where a command writes. Results go to `out`, all else to `err`, so that results can be piped. */
export interface Terminal {
  /** Writes a result, and ends the line. */
  out(text: string): void;
  /** Writes progress, or what went wrong, and ends the line. */
  err(text: string): void;
  /** How many columns `out` has for text that people read. */
  readonly columns: number;
  /** Whether `out` is no terminal, but a file or another program, which takes lines as they are. */
  readonly piped?: boolean;
  /** Colours text for `out`; leaves it as it is where that is no terminal. */
  style(style: Style, text: string): string;
  /** Colours text for `err`. */
  styleError(style: Style, text: string): string;
}

/**
 * The terminal of this process. Colours follow Node's own rules: on a terminal only, and NO_COLOR and FORCE_COLOR are
 * heeded.
 */
export function thisTerminal(): Terminal {
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    columns: columnsOf(process.stdout),
    piped: !process.stdout.isTTY,
    style: styleFor(process.stdout),
    styleError: styleFor(process.stderr),
  };
}

/** 80 where a stream is no terminal, or one that does not say; of many, no more than can be read. */
export function columnsOf({ columns }: { readonly columns?: number }): number {
  return Math.max(40, Math.min(columns || 80, 120));
}

/** A text for a terminal, which would break its lines in the middle of a word; for anything else, as it is. */
export function folded(text: string, stream: { readonly isTTY?: boolean; readonly columns?: number }): string {
  if (!stream.isTTY) return text;
  const width = columnsOf(stream);
  const fold = (line: string) => {
    const indent = /^ */.exec(line)![0];
    return line.length <= width ? [line] : wrapped(line, width - indent.length).map((part) => indent + part);
  };
  return text.split("\n").flatMap(fold).join("\n");
}

function styleFor({ isTTY }: NodeJS.WriteStream) {
  const colored = (isTTY || process.env.FORCE_COLOR !== undefined) && WriteStream.prototype.getColorDepth() > 1;
  // It would look whether standard output is a terminal, also for what goes to standard error.
  return (style: Style, text: string) => (colored ? styleText(style, text, { validateStream: false }) : text);
}
