/** What generated code says of where it comes from. */
export interface EmitOptions {
  /** The name of the exported program or model. The module is written to NAME.train.ts or NAME.predict.ts. */
  readonly name: string;
  /** The source file that exports it, as the module's head names it. */
  readonly source: string;
}
