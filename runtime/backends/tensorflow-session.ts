import type { Tensor } from "@tensorflow/tfjs-core";
import type { Endpoints, VariableEndpoints } from "../../compiler/lower/endpoints.js";
import { lowerPrograms } from "../../compiler/lower/lowerProgram.js";
import { retarget } from "../../compiler/pipeline.js";
import type { Computation } from "../../compiler/program.js";
import type { Node } from "../../src/ir/node.js";
import { withSavedModelFolder } from "../files/withSavedModelFolder.js";
import { lastOf } from "./lastOf.js";
import type { Feeds, Native } from "./tensorflow-dataset.js";
import { withTensorflowActive } from "./withTensorflowActive.js";

/** What TensorFlow has loaded: the number that tfjs-node knows it by, and by which names it is fed and fetched. */
interface Loaded {
  readonly id: number;
  readonly endpoints: readonly Endpoints[];
}

/** A session of TensorFlow's, in which computations share the variables that are the same in them. */
export class TensorflowSession {
  readonly computations: readonly Computation[];
  /** Called by each computation's owner, when he is done with it. */
  readonly free: () => void;
  #loaded: Loaded;

  constructor(
    readonly native: Native,
    computations: readonly Computation[],
  ) {
    this.computations = computations.map((one) => retarget(one, "tensorflow"));
    this.#loaded = this.#load({ steps: false });
    this.free = lastOf(computations.length, () => this.#delete(this.#loaded));
  }

  /** How the computation of this number is fed and fetched. */
  endpoints(index: number): Endpoints {
    return this.#loaded.endpoints[index]!;
  }

  /** How it takes single steps. Who never takes one does not wait for them to be loaded: the first loads all anew. */
  steps(index: number): NonNullable<Endpoints["steps"]> {
    if (!this.endpoints(index).steps) this.#loadAnew();
    return this.endpoints(index).steps!;
  }

  /** Runs it; the tensors that it returns are the caller's. */
  run(feeds: Feeds, fetches: string[]): Tensor[] {
    return this.#run(this.#loaded, feeds, fetches);
  }

  /** With steps, and with the variables as they are. */
  #loadAnew(): void {
    const before = this.#loaded;
    const next = this.#load({ steps: true });
    try {
      this.#copyVariables(before, next);
    } catch (error) {
      this.#delete(next);
      throw error;
    }
    this.#loaded = next;
    this.#delete(before);
  }

  #copyVariables(from: Loaded, to: Loaded): void {
    const reads = this.#variables(from).map(({ read }) => read);
    const assigns = this.#variables(to).map(({ assign }) => assign);
    const values = this.#run(from, {}, reads);
    try {
      const feeds = Object.fromEntries(assigns.map(({ value }, i) => [value, values[i]!]));
      const done = assigns.map((assign) => assign.done);
      this.#run(to, feeds, done);
    } finally {
      for (const value of values) value.dispose();
    }
  }

  /** Each variable once, in an order that is always the same. */
  #variables({ endpoints }: Loaded): VariableEndpoints[] {
    const found = new Map<Node, VariableEndpoints>();
    for (const [i, { variables }] of this.computations.entries()) {
      for (const [name, node] of variables) found.set(node, endpoints[i]!.variables.get(name)!);
    }
    return [...found.values()];
  }

  #load(options: { readonly steps: boolean }): Loaded {
    const { savedModel, endpoints } = lowerPrograms(this.computations, options);
    const load = (folder: string) => this.native.backend.loadSavedModelMetaGraph(folder, "serve");
    return { id: withSavedModelFolder(savedModel, load), endpoints };
  }

  #run({ id }: Loaded, feeds: Feeds, fetches: string[]): Tensor[] {
    if (fetches.length === 0) return [];
    const names = Object.keys(feeds).map((name) => ({ name }));
    const run = () => this.native.backend.runSavedModel(id, Object.values(feeds), names, fetches);
    return withTensorflowActive(this.native.tf, run);
  }

  #delete({ id }: Loaded): void {
    this.native.backend.deleteSavedModel(id);
  }
}
