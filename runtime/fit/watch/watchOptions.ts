import { callback, flag, type OptionRules } from "../../../src/ir/options.js";
import { port } from "../../watch/port.js";

/** Options of `watch`. */
export interface WatchOptions {
  /** The file of the log, to which the run is added: one that ends in .jsonl. @default a new file in the folder runs, named after the time */
  readonly log?: string;
  /** Whether a page is served; else the log alone is written. @default true */
  readonly page?: boolean;
  /**
   * Whether steps are looked at from within, about once a second: norms and histograms of weights and gradients, dead relus, the samples with
   * the greatest loss. It takes about a twentieth of the time at most, once what it is done with is compiled and has been run, and the
   * memory of the variables and of a step once more; the weights are the same without. The longer training goes on, the rarer it is.
   *
   * @default true
   */
  readonly statistics?: boolean;
  /** The port of the page; 0 for one that is free. @default 0 */
  readonly port?: number;
  /** Is told the page's address, which is printed otherwise. */
  readonly onListening?: (url: string) => unknown;
}

export const watchRules: OptionRules<WatchOptions> = {
  // shapewright watch looks for such files in a folder, and training's own page does.
  log: {
    takes: 'the path of a file that ends in .jsonl, such as "runs/digits.jsonl"',
    accepts: (value) => typeof value === "string" && value.endsWith(".jsonl"),
  },
  page: flag,
  statistics: flag,
  port,
  onListening: callback,
};
