import fc from "fast-check";
import {
  alike,
  anyShape,
  broadcastEdits,
  call,
  calls,
  type Described,
  type Drawn,
  dtypes,
  type Edits,
  edit,
  fewEdits,
  maybe,
  named,
  optionsOf,
  ranged,
  some,
  tensor,
  tensors,
  value,
  values,
} from "../arguments.js";
import type { Argument } from "../program.js";

const unary = (dtype: (typeof dtypes)[keyof typeof dtypes]) => (name: string) => calls(name, tensors(anyShape, dtype));

const numbers = some(2, 0.5, -1, 0);

/** Two tensors that broadcast, or do not; or a tensor and a number. */
const binary = (dtype: (typeof dtypes)[keyof typeof dtypes]) => (name: string) =>
  fc
    .tuple(
      alike(anyShape, broadcastEdits),
      dtype,
      fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: dtypes.any }),
      some("both", "both", "both", "turned", "first", "second", "none"),
      numbers,
    )
    .map(([[a, b], first, second, which, number]): Argument => {
      const [x, y] = [tensor(a, first), tensor(b, second ?? first)];
      const [left, right] = {
        both: [x, y],
        turned: [y, x],
        first: [x, value(number)],
        second: [value(number), x],
        none: [value(1), value(number)],
      }[which] as [Argument, Argument];
      return call(name, [left, right]);
    });

const withNumber = (name: string) => calls(name, tensors(anyShape, dtypes.float), ranged(maybe(some(0.5, 0.25))));

export const elementwise: Described = {
  ...named(
    "acos acosh asin asinh atan atanh ceil cos cosh deg2rad erf erfc erfinv exp exp2 expm1 exponential floor hardSigmoid hardSilu hardTanh linear log log10 log1p log2 logSigmoid mish rad2deg reciprocal relu6 round rsqrt selu sigmoid silu sin sinh softplus softsign sparsePlus sparseSigmoid sqrt tan tanh tanhShrink trunc isFinite isInf isNaN isNegInf isPosInf signbit cbrt sinc i0 i1",
    unary(dtypes.float),
  ),
  ...named("abs neg sign square", unary(dtypes.number)),
  ...named("bitwiseNot", unary(dtypes.integer)),
  ...named("logicalNot", unary(dtypes.bool)),
  ...named("stopGradient", unary(dtypes.any)),
  ...named("atan2 divide divideNoNan fmax fmin fmod hypot logAddExp logAddExp2 nextAfter pow", binary(dtypes.float)),
  ...named(
    "add floorDivide heaviside maximum minimum mod multiply squaredDifference subtract equal greater greaterEqual less lessEqual notEqual",
    binary(dtypes.number),
  ),
  ...named("bitwiseAnd bitwiseOr bitwiseXor gcd lcm leftShift rightShift", binary(dtypes.integer)),
  ...named("logicalAnd logicalOr logicalXor", pairOf(broadcastEdits, dtypes.bool)),
  ...named("celu elu hardShrink leakyRelu softShrink squareplus", withNumber),
  ldexp: fc
    .tuple(alike(anyShape, broadcastEdits), dtypes.float, dtypes.integer, maybe(some(2, -1)))
    .map(([[a, b], d, e, n]) => call("ldexp", [tensor(a, d), n === undefined ? tensor(b, e) : value(n)])),
  ...named("isClose allClose", binary(dtypes.float)),
  cast: calls("cast", tensors(anyShape), values(dtypes.any)),
  clip: calls("clip", tensors(anyShape, dtypes.number), ranged(some(0, -1, 0.5)), ranged(some(1, 1.5))),
  threshold: calls("threshold", tensors(anyShape, dtypes.float), values(numbers), values(numbers)),
  gelu: calls("gelu", tensors(anyShape, dtypes.float), optionsOf({ approximate: values(maybe(fc.boolean())) })),
  relu: calls(
    "relu",
    tensors(anyShape, dtypes.float),
    optionsOf({
      maxValue: ranged(maybe(some(6, 0.5))),
      negativeSlope: ranged(maybe(some(0.1))),
      threshold: ranged(maybe(some(1))),
    }),
  ),
  nanToNum: calls("nanToNum", tensors(anyShape, dtypes.float), optionsOf({ nan: values(maybe(numbers)) })),
  select: fc
    .tuple(
      alike(anyShape, broadcastEdits),
      broadcastEdits,
      dtypes.bool,
      dtypes.any,
      some("both", "both", "first", "second", "none"),
    )
    .map(([[a, b], how, condition, dtype, which]): Argument => {
      const c = tensor(edit(a, how), condition);
      const left = which === "both" || which === "first" ? tensor(a, dtype) : value(1);
      const right = which === "both" || which === "second" ? tensor(b, dtype) : value(0);
      return call("select", [c, left, right]);
    }),
  ...named("sigmoidCrossEntropyWithLogits", pairOf(fewEdits, dtypes.float)),
};

/** Two tensors. */
function pairOf(edits: Drawn<Edits>, dtype: (typeof dtypes)[keyof typeof dtypes]) {
  return (name: string): Drawn<Argument> =>
    fc
      .tuple(alike(anyShape, edits), dtype, dtype)
      .map(([[a, b], first, second]) => call(name, [tensor(a, first), tensor(b, second)]));
}
