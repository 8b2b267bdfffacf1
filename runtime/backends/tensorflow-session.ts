import type { Endpoints, VariableEndpoints } from "../../compiler/lower/endpoints.js";
import { lowerPrograms } from "../../compiler/lower/lowerProgram.js";
import { retarget } from "../../compiler/pipeline.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import type { LoadedTfjsNode } from "../native/index.js";
import { directSession } from "./directSession.js";
import type { Feeds, GraphSession, Held } from "./graph-session.js";
import { lastOf } from "./lastOf.js";
import { tfjsSession } from "./tfjsSession.js";

/** tfjs-node, and our own addon where it is there. */
export type Native = Pick<LoadedTfjsNode, "tf" | "backend" | "own" | "hasOwnKernels">;

/** What TensorFlow has loaded, and by which names it is fed and fetched. */
interface Loaded {
  readonly graph: GraphSession;
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
    this.free = lastOf(computations.length, () => this.#loaded.graph.close());
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

  run(feeds: Feeds, fetches: readonly string[]): NdArray[] {
    return fetches.length === 0 ? [] : this.#loaded.graph.run(feeds, fetches);
  }

  /** What outlives a run: also a session that is loaded anew takes it. */
  hold(value: NdArray): Held {
    return this.#loaded.graph.hold(value);
  }

  /** With steps, and with the variables as they are. */
  #loadAnew(): void {
    const before = this.#loaded;
    const next = this.#load({ steps: true });
    try {
      this.#copyVariables(before, next);
    } catch (error) {
      next.graph.close();
      throw error;
    }
    this.#loaded = next;
    before.graph.close();
  }

  #copyVariables(from: Loaded, to: Loaded): void {
    const reads = this.#variables(from).map(({ read }) => read);
    const assigns = this.#variables(to).map(({ assign }) => assign);
    if (reads.length === 0) return;
    const values = from.graph.runHeld({}, reads);
    try {
      const feeds = Object.fromEntries(assigns.map(({ value }, i) => [value, values[i]!]));
      const done = assigns.map((assign) => assign.done);
      to.graph.run(feeds, done);
    } finally {
      for (const value of values) value.release();
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
    const { own, hasOwnKernels } = this.native;
    const { graph, endpoints } = lowerPrograms(this.computations, { ...options, hasOwnKernels });
    return { graph: own ? directSession(own, graph) : tfjsSession(this.native, graph), endpoints };
  }
}
