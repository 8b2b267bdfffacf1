import type { DType } from "../../src/ir/dtype.js";
import type { OpName } from "../../src/ir/node.js";
import type { ValueOpDefinition } from "../../src/ir/op.js";
import { refuse } from "../../src/ir/refuse.js";
import { absOp } from "../../src/ops/abs.js";
import { addOp } from "../../src/ops/add.js";
import { castOp } from "../../src/ops/cast.js";
import { cosOp } from "../../src/ops/cos.js";
import { divideOp } from "../../src/ops/divide.js";
import { equalOp } from "../../src/ops/equal.js";
import { expOp } from "../../src/ops/exp.js";
import { floorOp } from "../../src/ops/floor.js";
import { greaterOp } from "../../src/ops/greater.js";
import { greaterEqualOp } from "../../src/ops/greaterEqual.js";
import { lessOp } from "../../src/ops/less.js";
import { lessEqualOp } from "../../src/ops/lessEqual.js";
import { logOp } from "../../src/ops/log.js";
import { maximumOp } from "../../src/ops/maximum.js";
import { minimumOp } from "../../src/ops/minimum.js";
import { multiplyOp } from "../../src/ops/multiply.js";
import { negOp } from "../../src/ops/neg.js";
import { notEqualOp } from "../../src/ops/notEqual.js";
import { powOp } from "../../src/ops/pow.js";
import { selectOp } from "../../src/ops/select.js";
import { signOp } from "../../src/ops/sign.js";
import { sinOp } from "../../src/ops/sin.js";
import { sqrtOp } from "../../src/ops/sqrt.js";
import { squareOp } from "../../src/ops/square.js";
import { subtractOp } from "../../src/ops/subtract.js";
import { type Broadcast, broadcast, checkBroadcast } from "../../src/types/broadcast.js";
import type { Shape } from "../../src/types/dim.js";
import { type Operand, run } from "./run.js";
import type { Tensor } from "./tensor.js";

type Unary = <S extends Shape, D extends DType>(x: Tensor<S, D>) => Tensor<S, D>;

function unary<K extends OpName>(op: ValueOpDefinition<K>): Unary {
  return (x) => run(op, [x]);
}

export const abs: Unary = /* @__PURE__ */ unary(absOp);
export const cos: Unary = /* @__PURE__ */ unary(cosOp);
export const exp: Unary = /* @__PURE__ */ unary(expOp);
export const floor: Unary = /* @__PURE__ */ unary(floorOp);
export const log: Unary = /* @__PURE__ */ unary(logOp);
export const neg: Unary = /* @__PURE__ */ unary(negOp);
export const sign: Unary = /* @__PURE__ */ unary(signOp);
export const sin: Unary = /* @__PURE__ */ unary(sinOp);
export const sqrt: Unary = /* @__PURE__ */ unary(sqrtOp);
export const square: Unary = /* @__PURE__ */ unary(squareOp);

/** Arithmetic with broadcasting. A number is a scalar. */
interface Binary {
  <A extends Shape, B extends Shape, D extends DType>(
    a: Tensor<A, D>,
    b: Tensor<B, NoInfer<D>>,
  ): Tensor<Broadcast<A, B>, D>;
  <A extends Shape, D extends DType>(a: Tensor<A, D>, b: number): Tensor<A, D>;
  <B extends Shape, D extends DType>(a: number, b: Tensor<B, D>): Tensor<B, D>;
}

function binary<K extends OpName>(op: ValueOpDefinition<K>): Binary {
  return (a: Operand, b: Operand) => run(op, [a, b]);
}

export const add: Binary = /* @__PURE__ */ binary(addOp);
export const divide: Binary = /* @__PURE__ */ binary(divideOp);
export const maximum: Binary = /* @__PURE__ */ binary(maximumOp);
export const minimum: Binary = /* @__PURE__ */ binary(minimumOp);
export const multiply: Binary = /* @__PURE__ */ binary(multiplyOp);
export const pow: Binary = /* @__PURE__ */ binary(powOp);
export const subtract: Binary = /* @__PURE__ */ binary(subtractOp);

/** A comparison with broadcasting. A number is a scalar. */
interface Comparison {
  <A extends Shape, B extends Shape, D extends DType>(
    a: Tensor<A, D>,
    b: Tensor<B, NoInfer<D>>,
  ): Tensor<Broadcast<A, B>, "bool">;
  <A extends Shape, D extends DType>(a: Tensor<A, D>, b: number): Tensor<A, "bool">;
  <B extends Shape, D extends DType>(a: number, b: Tensor<B, D>): Tensor<B, "bool">;
}

function comparison<K extends OpName>(op: ValueOpDefinition<K>): Comparison {
  return (a: Operand, b: Operand) => run(op, [a, b]);
}

export const equal: Comparison = /* @__PURE__ */ comparison(equalOp);
export const greater: Comparison = /* @__PURE__ */ comparison(greaterOp);
export const greaterEqual: Comparison = /* @__PURE__ */ comparison(greaterEqualOp);
export const less: Comparison = /* @__PURE__ */ comparison(lessOp);
export const lessEqual: Comparison = /* @__PURE__ */ comparison(lessEqualOp);
export const notEqual: Comparison = /* @__PURE__ */ comparison(notEqualOp);

/** The same numbers in another dtype. */
export function cast<S extends Shape, D extends DType>(x: Tensor<S, DType>, dtype: D): Tensor<S, D> {
  return run(castOp, [x], { attributes: { dtype }, dtype });
}

/** The elements of a where the condition holds, else those of b, with broadcasting. A number is a scalar. */
export function select<C extends Shape, D extends DType, A extends Shape = [], B extends Shape = []>(
  condition: Tensor<C, "bool">,
  a: Tensor<A, D> | number,
  b: Tensor<B, D> | number,
): Tensor<Broadcast<C, Broadcast<A, B>>, D> {
  const shapes = [condition, a, b].map((operand) => (typeof operand === "number" ? [] : operand.shape));
  const shape = shapes.reduce((wide, other) => {
    refuse("SW_SHAPE", "select", checkBroadcast("select", wide, other));
    return broadcast(wide, other) as number[];
  });
  return run(selectOp, [condition, a, b], { shape });
}
