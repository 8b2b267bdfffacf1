import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Where a command writes. Results go to `out`, all else to `err`, so that results can be piped. */
export interface Terminal {
  /** Writes a result, and ends the line. */
  out(text: string): void;
  /** Writes progress, or what went wrong, and ends the line. */
  err(text: string): void;
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
    style: styleFor(process.stdout),
    styleError: styleFor(process.stderr),
  };
}

function styleFor(stream: NodeJS.WriteStream) {
  const colored = process.env.FORCE_COLOR
    ? process.env.FORCE_COLOR !== "0"
    : stream.isTTY === true && stream.hasColors();
  return (style: Style, text: string) => (colored ? styleText(style, text) : text);
}
