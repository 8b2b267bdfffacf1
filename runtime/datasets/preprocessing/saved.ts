/** What preprocessing has learnt of data, and how, as JSON holds it: what is saved with a model. */
export interface SavedPreprocessing {
  readonly name: string;
  readonly kind: "stringLookup" | "integerLookup" | "textVectorization";
  /** Its options. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What it has learnt. */
  readonly state: Readonly<Record<string, unknown>>;
}
