import { attribute } from "./attributes.js";
import { edge, type Frame, type TensorRef } from "./frames.js";
import type { GraphState } from "./graph-state.js";

/** Two ways to compute values, of which only the one that is chosen runs. */
export interface Choice {
  /** A bool scalar. */
  readonly predicate: TensorRef;
  /** What both ways read. */
  readonly values: readonly TensorRef[];
  readonly ifTrue: (values: readonly TensorRef[]) => readonly TensorRef[];
  /** As many values, of the same dtypes. */
  readonly ifFalse: (values: readonly TensorRef[]) => readonly TensorRef[];
}

/**
 * Builds a choice of raw control-flow nodes and returns the values that the chosen way gives: what a way reads goes through a
 * `Switch`, behind which nothing runs in the other way, and a `Merge` hands on what comes.
 */
export function buildChoice(choice: Choice, graph: GraphState): TensorRef[] {
  const outer = graph.frame;
  const name = graph.uniqueName("cond");
  return graph.scope([name], () => {
    const predicate = graph.bring(choice.predicate, outer);
    const way = (output: 0 | 1, compute: Choice["ifTrue"]) => {
      const entry = { kind: "choice", predicate, output } as const;
      const frame: Frame = { name, parent: outer, entry, entered: new Map(), control: undefined };
      const chosen = graph.enter(predicate, frame, `Switch/${output}`);
      const T = { T: attribute.type("bool") };
      frame.control = graph.add("Identity", [edge(chosen)], T, { op: "Identity", frame, dtypes: ["bool"] });
      return graph.within(frame, () =>
        compute(choice.values.map((value) => graph.bring(value, frame))).map((ref) => graph.bring(ref, frame)),
      );
    };
    const whenTrue = way(1, choice.ifTrue);
    const whenFalse = way(0, choice.ifFalse);
    return whenTrue.map((ref, i) => {
      const dtype = graph.dtype(ref);
      const attributes = { T: attribute.type(dtype), N: attribute.int(2) };
      const inputs = [edge(whenFalse[i]!), edge(ref)];
      return graph.add("Merge", inputs, attributes, { op: "Merge", frame: outer, dtypes: [dtype, "int32"] });
    });
  });
}
