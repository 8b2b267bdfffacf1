import type { Tensor } from "../../ir/tensor.js";
import { reshape } from "../../ops/reshape.js";
import { multiplyDims } from "../../types/arithmetic.js";
import type { Dim } from "../../types/dim.js";

/** What a function gives of each step of [batch, time, …]: it sees all steps of all samples as samples, whose axis it keeps. */
export function eachStep(x: Tensor<any>, f: (all: Tensor<any>) => Tensor<any>): Tensor<any> {
  const [batch, time, ...sizes] = x.shape as [Dim, Dim, ...Dim[]];
  const found = f(reshape(x, [multiplyDims(batch, time), ...sizes] as any) as Tensor<any>);
  return reshape(found, [batch, time, ...found.shape.slice(1)] as any) as Tensor<any>;
}
