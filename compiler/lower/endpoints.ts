/** The tensors by which a lowered program is fed and fetched. Names are `node:output`, as TensorFlow writes them. */
export interface Endpoints {
  readonly variables: ReadonlyMap<string, VariableEndpoints>;
  readonly call: CallEndpoints;
  readonly batches?: BatchEndpoints;
  /** Single steps of the graphs that run over batches, where they were asked for. */
  readonly steps?: { readonly train: CallEndpoints; readonly evaluate: CallEndpoints };
}

/** How a graph is called: its inputs by name, and its outputs. */
export interface CallEndpoints {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** The same outputs, to be fetched where few samples are fed, if our own kernels compute them otherwise then. */
  readonly ofFew?: Readonly<Record<string, string>>;
}

/**
 * How a variable is set and read. A session prepares the whole graph anew for every set of names that it is run with. So
 * many variables are set or read in one run, each by names of its own; and any single one by names that it shares with
 * all of its dtype.
 */
export interface VariableEndpoints {
  /** Sets it among others: feed `value`, fetch `done`. */
  readonly assign: Assignment;
  /** Reads it among others. */
  readonly read: string;
  /** Sets or reads this one alone, where its place among all of its dtype is fed to `place`. */
  readonly alone: {
    readonly index: number;
    readonly place: string;
    readonly assign: Assignment;
    readonly read: string;
  };
}

/** How a variable is set: feed `value`, fetch `done`. */
export interface Assignment {
  readonly value: string;
  readonly done: string;
}

/**
 * Whole sets of samples, from which steps take their batches: feed each input, target and weight, the order of the samples,
 * where in the order to begin and to end, and the size of a batch, which divides what is between.
 */
export interface BatchEndpoints {
  readonly feeds: Readonly<Record<string, string>>;
  readonly order: string;
  readonly begin: string;
  readonly end: string;
  readonly batchSize: string;
  /** Totals over batches. Fetching those of `train` takes the training steps. */
  readonly train: TotalEndpoints;
  readonly evaluate: TotalEndpoints;
}

/** Totals over batches: each is the sum of two float32, of which the first is the nearest. */
export interface TotalEndpoints {
  readonly totals: Readonly<Record<string, string>>;
  readonly rests: Readonly<Record<string, string>>;
}
