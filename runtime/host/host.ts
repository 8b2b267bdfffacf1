import type { DimSizes } from "../../compiler/analysis/sizes.js";
import type { Computation } from "../../compiler/program.js";
import type { Executable } from "../backends/backend.js";
import type { Machine } from "../backends/machine.js";
import type { Files } from "../files/file-system.js";
import type { StepLogs } from "../profile/profile.js";
import type { Signal } from "../signal.js";
import type { ServedRuns, Serving } from "../watch/serving.js";
import type { Reporter, ReportStream } from "./reporter.js";

/** Native TensorFlow, or why it is not there and what to do about it. */
export type Native =
  | { load(computations: readonly Computation[]): Promise<Executable[]>; machine(): Promise<Machine<unknown>> }
  | { readonly problem: string; readonly mend: string };

/**
 * What sessions need of the place where they run, besides JavaScript: Node.js, or a browser. `#host` is the one of the two
 * that package.json's "imports" choose, so that a bundle for a browser has nothing of Node's in it.
 */
export interface Host {
  /** Lets whatever else waits have its turn. */
  readonly pause: () => Promise<unknown>;
  /** Where training is reported. */
  readonly reports: ReportStream;
  /** Reports by a bar; absent where there are no terminals. */
  readonly barReporter?: (epochs: number, stream: ReportStream) => Reporter;
  /** Listens for Ctrl-C, until what it gives is called; absent where there is none. */
  readonly onInterruption?: (act: () => void) => () => void;
  /** Ends the process as Ctrl-C does. */
  readonly endByInterruption?: () => Promise<never>;
  /** Native TensorFlow; absent where there can be none. */
  readonly native?: () => Promise<Native>;
  /** Sets the number of threads of native TensorFlow. */
  readonly setThreads?: (threads: number) => Promise<void>;
  /** Runs what starts a library that would listen for uncaught errors; absent where it does not. */
  readonly withoutListeners?: <R>(start: () => Promise<R>) => Promise<R>;
  /** Makes a folder a SavedModel; absent where there are no folders. */
  readonly writeSavedModel?: (folder: string, savedModel: readonly Uint8Array[]) => Promise<void>;
  /** Serves a page that shows runs; absent where there are no servers. */
  readonly serveRuns?: (served: ServedRuns) => Promise<Serving>;
  /** Has a saved program take steps in other processes, and gives what TensorFlow wrote of one; absent where there are no processes. */
  readonly stepLogs?: (save: (file: string) => Promise<void>, sizes: DimSizes, disposed: Signal) => Promise<StepLogs>;
  /** Files; absent where there are none. */
  readonly files?: () => Promise<Files>;
}
