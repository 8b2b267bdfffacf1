/** What preprocessing has learnt of data, and how, as JSON holds it: what is saved with a model. */
export interface SavedPreprocessing {
  readonly name: string;
  readonly kind: "stringLookup" | "integerLookup" | "textVectorization";
  /** Its options. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What it has learnt. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** Preprocessing that learns from data before it can be called. */
export interface Adaptable<Data, Ready> {
  /** Goes through data once, and gives what is adapted to it. The same data gives the same. */
  adapt(data: Data): Promise<Ready>;
}
