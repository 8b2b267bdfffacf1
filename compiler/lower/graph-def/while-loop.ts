import { internalError } from "../../../src/ir/errors.js";
import { attribute } from "./attributes.js";
import { controlEdge, edge, type Frame, type TensorRef } from "./frames.js";
import type { GraphState } from "./graph-state.js";

/** The loop as its body sees it. */
export interface Loop {
  /**
   * A node that runs in each round before the body, and not before the previous round's
   * {@link LoopBody.controls} are done. Whatever reads state in the body needs it among its `controls`.
   */
  readonly control: TensorRef;
}

/** What a loop's body computes. */
export interface LoopBody {
  /** The next values, as many and of the same dtypes as the initial ones. */
  readonly values: readonly TensorRef[];
  /** Nodes that have to be done before the next round begins: updates. */
  readonly controls?: readonly TensorRef[];
}

/**
 * A loop that runs `body` as long as `condition` holds.
 *
 * The first value paces the loop: the next round waits for it and for the body's controls. Let it be the counter, and
 * let the condition depend on it.
 */
export interface WhileLoop {
  /** The name scope of the loop's nodes; "while" if absent. */
  readonly name?: string;
  /** What the loop carries from round to round, at the beginning: one value or more. */
  readonly initial: readonly TensorRef[];
  readonly condition: (values: readonly TensorRef[]) => TensorRef;
  readonly body: (values: readonly TensorRef[], loop: Loop) => LoopBody;
  /** How many rounds TensorFlow may have under way at once where the data allow it; 10 if absent. */
  readonly parallelIterations?: number;
}

/**
 * Builds a loop of raw control-flow nodes and returns its final values. Per value:
 * `Enter` → `Merge` → `Switch` → (true) body → `NextIteration` → back to `Merge`; (false) `Exit`.
 */
export function buildWhileLoop(loop: WhileLoop, graph: GraphState): TensorRef[] {
  if (loop.initial.length === 0) throw internalError("a loop has to carry at least one value");
  const outer = graph.frame;
  const name = graph.uniqueName(loop.name ?? "while");
  const parallelIterations = loop.parallelIterations ?? 10;
  const entry = { kind: "loop", parallelIterations } as const;
  const frame: Frame = { name, parent: outer, entry, entered: new Map(), control: undefined };
  const dtypes = loop.initial.map((ref) => graph.dtype(ref));
  const T = dtypes.map((dtype) => ({ T: attribute.type(dtype) }));

  const add = (op: string, inputs: string[], i: number, home: Frame | undefined, outputs = 1) =>
    graph.add(op, inputs, op === "Merge" ? { ...T[i]!, N: attribute.int(2) } : T[i]!, {
      op,
      frame: home,
      dtypes: op === "Merge" ? [dtypes[i], "int32"] : Array.from({ length: outputs }, () => dtypes[i]),
    });

  return graph.scope([name], () => {
    const enters = loop.initial.map((ref) => graph.enter(graph.bring(ref, outer), frame, "Enter", true));
    // The second input becomes the NextIteration node, once there is one.
    const merges = enters.map((ref, i) => add("Merge", [edge(ref), edge(ref)], i, frame, 2));
    const condition = graph.within(frame, () => graph.bring(loop.condition(merges), frame));
    const proceed = graph.add("LoopCond", [edge(condition)], {}, { op: "LoopCond", frame, dtypes: ["bool"] });
    graph.sayShapeOf(proceed, condition);
    const switches = merges.map((ref, i) => add("Switch", [edge(ref), edge(proceed)], i, frame, 2));
    const current = switches.map((ref) => ({ node: ref.node, output: 1 }));

    // A control edge from Switch itself would be taken in the last round too; one from behind its branch is not.
    const control = add("Identity", [edge(current[0]!)], 0, frame);
    frame.control = control;
    const { values, controls = [] } = graph.within(frame, () => loop.body([control, ...current.slice(1)], { control }));
    if (values.length !== merges.length)
      throw internalError(`the loop ${name} carries ${merges.length} values, its body gave ${values.length}`);

    const updates = graph.within(frame, () => controls.map((ref) => controlEdge(graph.bringControl(ref, frame))));
    for (const [i, ref] of enters.entries()) {
      const like = [current[i]!, ref].find((one) => graph.shape(one)) ?? ref;
      const same = [ref, merges[i]!, switches[i]!, current[i]!, ...(i === 0 ? [control] : [])];
      for (const one of same) graph.sayShapeOf(one, like);
    }
    values.forEach((ref, i) => {
      const value = graph.within(frame, () => graph.bring(ref, frame));
      // A value from outside is alive in the last round too, and would start another one; the control is not.
      const gates = [controlEdge(control), ...(i === 0 ? updates : [])];
      const next = add("NextIteration", [edge(value), ...new Set(gates)], i, frame);
      graph.sayShapeOf(next, switches[i]!);
      graph.setInput(merges[i]!, 1, edge(next));
    });
    return switches.map((ref, i) => {
      const exit = add("Exit", [edge(ref)], i, outer);
      graph.sayShapeOf(exit, ref);
      return exit;
    });
  });
}
