import type { Node } from "../../src/ir/node.js";
import type { Random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import { convolutionAttributes, type WindowPadding } from "../../src/ops/shared/windows/attributes.js";
import type { Call, Operand } from "./operand.js";

/** Convolutions and pools of one to three spatial axes, over an operand where it has the axes, else over new data. */
export const windowsOver: readonly Call[] = [convolution, pool];

function convolution(operand: Operand): Node[] {
  const { generator, feed } = operand;
  const { x, sizes } = imagesOf(operand);
  const spatial = sizes.slice(1, -1);
  const channels = sizes.at(-1)!;
  const groups = channels % 2 === 0 && generator.uniform() < 0.3 ? 2 : 1;
  const windows = spatial.map((size) => 1 + generator.integer(Math.min(3, size)));
  const isDilated = generator.uniform() < 0.3;
  const filter = feed([...windows, channels / groups, groups * (1 + generator.integer(2))]);
  const attributes = convolutionAttributes({
    strides: spatial.map(() => (isDilated ? 1 : 1 + generator.integer(3))),
    dilations: windows.map(() => (isDilated ? 1 + generator.integer(3) : 1)),
    padding: paddingOf(windows, generator),
    groups,
  });
  return [b.op("convolution", [x, filter], attributes)];
}

function pool(operand: Operand): Node[] {
  const { generator } = operand;
  const { x, sizes } = imagesOf(operand);
  const poolSize = sizes.slice(1, -1).map((size) => 1 + generator.integer(Math.min(3, size)));
  const strides = poolSize.map(() => 1 + generator.integer(3));
  const op = generator.uniform() < 0.5 ? "maxPool" : "averagePool";
  return [b.op(op, [x], { poolSize, strides, padding: paddingOf(poolSize, generator) })];
}

function imagesOf({ x, sizes, generator, feed }: Operand): { x: Node; sizes: readonly number[] } {
  if (sizes.length >= 3 && typeof x.shape.at(-1) === "number") return { x, sizes };
  const spatial = Array.from({ length: 1 + generator.integer(3) }, () => 1 + generator.integer(5));
  const shape = [1 + generator.integer(2), ...spatial, 1 + generator.integer(4)];
  return { x: feed(shape), sizes: shape };
}

/** Windows never lie in padding alone. */
function paddingOf(windows: readonly number[], generator: Random): WindowPadding {
  const kind = generator.uniform();
  if (kind < 0.4) return "valid";
  if (kind < 0.8) return "same";
  return windows.map((size) => [generator.integer(size), generator.integer(size)] as const);
}
