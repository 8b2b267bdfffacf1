/** What is told of an epoch under way, and of a finished one. */
export interface Reporter {
  /** Of an epoch whose `steps` are not known, they are counted. */
  begin(epoch: number, steps: number | undefined): void;
  advance(step: number, means: Readonly<Record<string, unknown>>): void;
  /** The steps have been taken, and the validation data is evaluated. */
  validate(): void;
  end(means: Readonly<Record<string, unknown>>, seconds: number): void;
  /** Ends reporting, in the middle of an epoch too. */
  stop(): void;
}

/** Where reports are written: a terminal, or anything that takes text. */
export interface ReportStream {
  readonly isTTY?: boolean;
  /** How wide a terminal is. */
  readonly columns?: number;
  write(text: string): unknown;
}
