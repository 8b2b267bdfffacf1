import type { Act } from "./records.js";

/** What is served. */
export interface ServedRuns {
  /** The file of a log, or a folder of them. */
  readonly path: string;
  /** One that is free, unless said otherwise. */
  readonly port?: number | undefined;
  /** The log of the run that is trained in this process, and what does what the page asks of it. */
  readonly control?: { readonly log: string; readonly act: (act: Act) => Promise<void> };
}

/** A page that is served. */
export interface Serving {
  /** With the token that it takes to see it. */
  readonly url: string;
  /** Something has been added to a log. */
  renew(): void;
  close(): Promise<void>;
}
