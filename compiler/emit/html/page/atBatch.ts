import { evaluateDim } from "../../../../src/ir/evaluate.js";
import type { Diagram, DiagramNode } from "../../diagram/diagram.js";
import type { PageData, PageView } from "../pageData.js";

/** What a page shows when the batch has a size: in shapes in place of its name, and in what everything costs. */
export function atBatch<D extends Pick<PageData, "batch" | "layers">>(data: D, size: number | undefined): D {
  const { batch, layers } = data;
  if (!batch || size === undefined) return data;
  return { ...data, layers: layers.map((layer) => ({ ...layer, shape: withSize(layer.shape, batch.name, size) })) };
}

/** The same of a graph. */
export function viewAtBatch(view: PageView, { batch }: Pick<PageData, "batch">, size: number | undefined): PageView {
  if (!batch || size === undefined) return view;
  const more = size / batch.size - 1;
  const peak = <P extends Pick<PageView, "peakBytes" | "peakPerBatch">>(part: P): P => ({
    ...part,
    peakBytes: Math.max(0, grown(part.peakBytes, part.peakPerBatch ?? [], more)),
  });
  const node = (one: DiagramNode): DiagramNode => {
    const [flops = 0, bytes = 0, squaredFlops = 0, squaredBytes = 0] = one.perBatch ?? [];
    return {
      ...one,
      type: withSize(one.type, batch.name, size),
      flops: grown(one.flops, [flops, squaredFlops], more),
      bytes: grown(one.bytes, [bytes, squaredBytes], more),
    };
  };
  const diagram: Diagram = { ...view.diagram, nodes: view.diagram.nodes.map(node) };
  return { ...peak(view), diagram, ...(view.stages && { stages: view.stages.map(peak) }) };
}

function grown(once: number, [linear = 0, squared = 0]: readonly number[], more: number): number {
  return Math.round(once + linear * more + squared * more * more);
}

/** A type or shape with a number for a name: `[batch, 28]` becomes `[64, 28]`, and `[batch*28]`, `[1792]`. */
function withSize(type: string, name: string, size: number): string {
  return type.replace(/\[([^\]]*)\]/g, (_, dims: string) => {
    const known = dims.split(", ").map((dim) => {
      if (!new RegExp(`\\b${name}\\b`).test(dim)) return dim;
      try {
        return String(evaluateDim(dim, new Map([[name, size]])));
      } catch {
        // Another name is in it.
        return dim.replaceAll(new RegExp(`\\b${name}\\b`, "g"), String(size));
      }
    });
    return `[${known.join(", ")}]`;
  });
}
