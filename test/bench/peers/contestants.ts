import type { Workload } from "./workload.js";

/** A model that is ready to be trained, and to predict. */
export interface Contestant {
  readonly parameters: number;
  readonly train: (epochs: number) => Promise<unknown>;
  /** The ways of predicting for one sample, each from an array on the host to an array on the host, by the names of what is called. */
  readonly predict?: Readonly<Record<string, () => unknown>>;
}

/** Makes one for a workload, by the name of its model. */
export type Make = (name: string, workload: Workload, threads?: number) => Promise<Contestant>;
