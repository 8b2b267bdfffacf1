import type { NdArray } from "../../src/ir/array.js";
import type { Body } from "../../src/ir/body.js";
import type { DType } from "../../src/ir/dtype.js";
import { internalError } from "../../src/ir/errors.js";
import { type DimExpression, noValue, parseDim } from "../../src/ir/evaluate.js";
import type { Node } from "../../src/ir/node.js";
import type { TensorflowAttribute, TensorflowLowering, TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Dim } from "../../src/types/dim.js";
import { productOf } from "../../src/types/product.js";
import { type Attribute, attribute, type GraphDefBuilder } from "./graph-def.js";
import { knownSizes } from "./nodes.js";

const int32 = { type: "int32" } as const;

/** What the op files write TensorFlow nodes with: a graph builder that knows where the sizes of named dims come from. */
export class TensorflowWriter implements TensorflowLowering {
  constructor(
    readonly graph: GraphDefBuilder,
    /** The int32 scalar that holds the size of each named dim. */
    readonly sizes: ReadonlyMap<string, TensorRef>,
    /** What updates, and values that are held back, must wait for. */
    readonly controls: readonly TensorRef[] = [],
    /** Lowers a body's graph, with the values of its input nodes. */
    readonly lowerBody: (body: Body, feeds: ReadonlyMap<Node, TensorRef>) => readonly TensorRef[] = noBodies,
    readonly isFew: (dims: readonly Dim[]) => boolean = () => false,
  ) {}

  get hasOwnKernels(): boolean {
    return this.graph.hasOwnKernels;
  }

  loop(
    initial: readonly TensorRef[],
    condition: (values: readonly TensorRef[]) => TensorRef,
    body: (values: readonly TensorRef[]) => readonly TensorRef[],
  ): TensorRef[] {
    return this.graph.whileLoop({ name: "loop", initial, condition, body: (values) => ({ values: body(values) }) });
  }

  body(...[body, inputs, choice]: Parameters<TensorflowLowering["body"]>): readonly TensorRef[] {
    if (choice) {
      const way = (one: Body) => (values: readonly TensorRef[]) => this.body(one, values);
      const { predicate, otherwise } = choice;
      return this.graph.choice({ predicate, values: inputs, ifTrue: way(body), ifFalse: way(otherwise) });
    }
    return this.lowerBody(body, new Map(body.parameters.map((parameter, i) => [parameter, inputs[i]!])));
  }

  op(
    name: string,
    inputs: readonly TensorRef[],
    attributes: Readonly<Record<string, TensorflowAttribute>> = {},
    outputs = 1,
  ) {
    return this.graph.node(name, inputs, toAttributes(attributes), { outputs });
  }

  sayShape(ref: TensorRef, shape: readonly Dim[]): void {
    this.graph.sayShape(ref, knownSizes({ shape }));
  }

  output(ref: TensorRef, index: number): TensorRef {
    return this.graph.output(ref, index);
  }

  update(name: string, inputs: readonly TensorRef[], attributes: Readonly<Record<string, TensorflowAttribute>> = {}) {
    return this.graph.node(name, inputs, toAttributes(attributes), { controls: this.controls, outputs: 0 });
  }

  read(name: string, inputs: readonly TensorRef[], attributes: Readonly<Record<string, TensorflowAttribute>> = {}) {
    return this.graph.node(name, inputs, toAttributes(attributes), { controls: this.controls });
  }

  after(x: TensorRef, other: TensorRef, dtype: DType): TensorRef {
    return this.graph.node(
      "Identity",
      [x],
      { T: attribute.type(dtype) },
      { controls: [other, ...this.controls], name: "after" },
    );
  }

  constantArray({ data, shape, dtype }: NdArray): TensorRef {
    return this.graph.constant(data, shape, dtype);
  }

  constant(values: number | readonly number[], dtype: DType): TensorRef {
    return typeof values === "number"
      ? this.graph.constant([values], [], dtype)
      : this.graph.constant(values, [values.length], dtype);
  }

  size(dim: Dim): TensorRef {
    return this.#expression(parseDim(dim));
  }

  shape(dims: readonly Dim[]): TensorRef {
    if (dims.every((dim) => typeof dim === "number")) return this.constant(dims, "int32");
    const sizes = dims.map((dim) => this.size(dim));
    const shape = this.op("Pack", sizes, { T: int32, N: { int: sizes.length }, axis: { int: 0 } });
    this.sayShape(shape, [sizes.length]);
    return shape;
  }

  product(dims: readonly Dim[]): Dim {
    return productOf(dims);
  }

  reshape(x: TensorRef, dims: readonly Dim[], dtype: DType = "float32"): TensorRef {
    const reshaped = this.op("Reshape", [x, this.#reshapeTo(dims)], { T: { type: dtype }, Tshape: int32 });
    this.sayShape(reshaped, dims);
    return reshaped;
  }

  /** A shape for `Reshape`: like `shape`, but one unknown dim is left to TensorFlow as -1. */
  #reshapeTo(dims: readonly Dim[]): TensorRef {
    const named = dims.filter((dim) => typeof dim === "string");
    if (named.length > 1) return this.shape(dims);
    return this.constant(
      dims.map((dim) => (typeof dim === "string" ? -1 : dim)),
      "int32",
    );
  }

  #expression(expression: DimExpression): TensorRef {
    if (expression.kind === "literal") return this.constant(expression.value, "int32");
    if (expression.kind === "name") {
      const size = this.sizes.get(expression.name);
      if (!size) throw noValue(expression.name, expression.name, this.sizes.keys());
      return size;
    }
    const [left, right] = [this.#expression(expression.left), this.#expression(expression.right)];
    const op = (name: string, a: TensorRef, b: TensorRef) => {
      const size = this.op(name, [a, b], { T: int32 });
      this.sayShape(size, []);
      return size;
    };
    switch (expression.kind) {
      case "add":
        return op("AddV2", left, right);
      case "subtract":
        return op("Sub", left, right);
      case "multiply":
        return op("Mul", left, right);
      case "floorDivide":
        return op("FloorDiv", left, right);
      case "ceilDivide":
        return op("FloorDiv", op("AddV2", left, op("Sub", right, this.constant(1, "int32"))), right);
    }
  }
}

function noBodies(): never {
  throw internalError("a body is lowered where no graph is");
}

function toAttributes(attributes: Readonly<Record<string, TensorflowAttribute>>): Record<string, Attribute> {
  const made: Record<string, Attribute> = {};
  for (const name in attributes) made[name] = toAttribute(attributes[name]!);
  return made;
}

function toAttribute(value: TensorflowAttribute): Attribute {
  if ("type" in value) return attribute.type(value.type);
  if ("bool" in value) return attribute.bool(value.bool);
  if ("int" in value) return attribute.int(value.int);
  if ("float" in value) return attribute.float(value.float);
  if ("string" in value) return attribute.string(value.string);
  if ("ints" in value) return attribute.ints(value.ints);
  return attribute.strings(value.strings);
}
