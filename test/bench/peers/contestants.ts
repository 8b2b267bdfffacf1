/** A model that is ready to be trained. */
export interface Contestant {
  readonly parameters: number;
  readonly train: (epochs: number) => Promise<unknown>;
}
