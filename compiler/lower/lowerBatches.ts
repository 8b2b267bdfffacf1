import { elementCount } from "../../src/ir/array.js";
import type { Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Computation } from "../program.js";
import type { BatchEndpoints, TotalEndpoints } from "./endpoints.js";
import { attribute, type GraphDefBuilder } from "./graph-def.js";
import { lowerGraph } from "./lowerGraph.js";
import { cast, gather, int32, placeholder, sizesOf, text } from "./nodes.js";

/** Lowers the graphs that run over batches: each becomes a loop. */
export function lowerBatches(
  builder: GraphDefBuilder,
  { feeds, train, evaluate }: NonNullable<Computation["batches"]>,
  handles: ReadonlyMap<Node, TensorRef>,
): BatchEndpoints {
  const source = placeholders(builder, [...feeds]);
  const name = (node: Node) => text(source.data.get(node)!);
  return {
    feeds: Object.fromEntries([...feeds].map(([key, node]) => [key, name(node)])),
    order: text(source.order),
    begin: text(source.begin),
    end: text(source.end),
    batchSize: text(source.batchSize),
    train: lowerLoop(builder, train, source, handles),
    evaluate: lowerLoop(builder, evaluate, source, handles),
  };
}

/** Where loops take their batches from. */
interface Source {
  readonly data: ReadonlyMap<Node, TensorRef>;
  readonly order: TensorRef;
  readonly begin: TensorRef;
  readonly end: TensorRef;
  readonly batchSize: TensorRef;
}

function placeholders(builder: GraphDefBuilder, inputs: readonly (readonly [string, Node])[]): Source {
  return builder.scope("data", () => ({
    data: new Map(inputs.map(([name, node]) => [node, placeholder(builder, name, node.dtype, node.shape)])),
    order: placeholder(builder, "order", "int32", ["samples"]),
    begin: placeholder(builder, "begin", "int32", []),
    end: placeholder(builder, "end", "int32", []),
    batchSize: placeholder(builder, "batchSize", "int32", []),
  }));
}

/**
 * A loop that takes batch after batch from the source, and sums the graph's outputs. Sums are float64, and given as two float32: they are exact,
 * but for what is 2^24 times smaller, so that it does not matter how steps are shared among calls.
 */
function lowerLoop(
  builder: GraphDefBuilder,
  graph: Graph,
  { data, order, begin, end, batchSize }: Source,
  handles: ReadonlyMap<Node, TensorRef>,
): TotalEndpoints {
  const totals = Object.entries(graph.outputs);
  const batchDim = [...data.keys()][0]!.shape[0] as string;
  const sizes = sizesOf(builder, data, new Map([[batchDim, batchSize]]));
  const double = { T: attribute.type("float64") };
  const [, ...sums] = builder.whileLoop({
    name: graph.name,
    initial: [begin, ...totals.map(([, { shape }]) => zeros(builder, shape as number[]))],
    condition: ([position]) => builder.node("Less", [position!, end], int32),
    body([position, ...sofar], { control }) {
      const vector = (ref: TensorRef) =>
        builder.node("Pack", [ref], { ...int32, N: attribute.int(1), axis: attribute.int(0) });
      const batch = builder.node("Slice", [order, vector(position!), vector(batchSize)], {
        ...int32,
        Index: attribute.type("int32"),
      });
      const feeds = new Map([...data].map(([node, all]) => [node, gather(builder, all, batch, node.dtype)]));
      const { outputs, updates } = lowerGraph(graph, { builder, feeds, handles, sizes, controls: [control] });
      const next = builder.node("AddV2", [position!, batchSize], int32);
      const added = totals.map(([name], i) =>
        builder.node("AddV2", [sofar[i]!, cast(builder, outputs[name]!, "float32", "float64")], double),
      );
      return { values: [next, ...added], controls: updates };
    },
  });
  const heads = sums.map((sum) => cast(builder, sum, "float64", "float32"));
  const rests = sums.map((sum, i) => {
    const lost = builder.node("Sub", [sum, cast(builder, heads[i]!, "float32", "float64")], double);
    return cast(builder, lost, "float64", "float32");
  });
  const named = (refs: readonly TensorRef[]) => Object.fromEntries(totals.map(([name], i) => [name, text(refs[i]!)]));
  return { totals: named(heads), rests: named(rests) };
}

function zeros(builder: GraphDefBuilder, shape: readonly number[]): TensorRef {
  return builder.constant(new Float64Array(elementCount(shape)), shape, "float64");
}
