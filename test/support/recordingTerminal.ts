import type { Terminal } from "../../runtime/cli/terminal.js";

/** A terminal without colours that remembers what was written to it. */
export interface RecordingTerminal extends Terminal {
  readonly results: string[];
  readonly messages: string[];
}

export function recordingTerminal(): RecordingTerminal {
  const results: string[] = [];
  const messages: string[] = [];
  return {
    results,
    messages,
    out: (text) => results.push(text),
    err: (text) => messages.push(text),
    style: (_, text) => text,
    columns: 80,
    styleError: (_, text) => text,
  };
}
