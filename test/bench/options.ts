/** What can be said on the command line. */
export interface BenchOptions {
  /** How often each contestant is timed. */
  readonly runs: number;
  /** Samples a step. */
  readonly batch: number;
  /** Units of the hidden layer. */
  readonly hidden: number;
  /** How large files are that are trained on. */
  readonly megabytes: number;
  /** Whether accuracy is reported in training, by both. */
  readonly accuracy: boolean;
  /** How many threads TensorFlow computes with, for both: its own choice where undefined. */
  readonly threads: number | undefined;
}
