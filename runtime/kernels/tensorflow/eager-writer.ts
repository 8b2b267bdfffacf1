import type { Tensor } from "@tensorflow/tfjs-core";
import { elementCount } from "../../../src/ir/array.js";
import type { DType } from "../../../src/ir/dtype.js";
import { internalError } from "../../../src/ir/errors.js";
import type { TensorflowAttribute, TensorflowLowering, TensorRef } from "../../../src/ir/tensorflow-lowering.js";
import type { Dim } from "../../../src/types/dim.js";
import { holdNumbers } from "../runner.js";
import { type EagerTensorflow, eagerAttributes } from "./eager-backend.js";

let variablesMade = 0;

/** Runs what a rule writes at once. Knows what the rules that are run so consist of. */
export class EagerWriter implements TensorflowLowering {
  readonly #tensors = new Map<string, Tensor>();
  readonly #made: Tensor[] = [];
  /** The handles of variables that TensorFlow holds. */
  readonly #variables = new Set<Tensor>();
  /** The second and further outputs, by the first one's name. */
  readonly #others = new Map<string, TensorRef[]>();
  constructor(readonly backend: EagerTensorflow) {}

  makeVariable(value: Tensor): TensorRef {
    const { binding } = this.backend;
    const dtype = this.#attributes({ dtype: { type: value.dtype as DType } });
    const handle = this.backend.executeSingleOutput(
      "VarHandleOp",
      [
        ...dtype,
        { name: "shape", type: binding.TF_ATTR_SHAPE, value: value.shape },
        ...this.#attributes({
          container: { string: "" },
          shared_name: { string: `shapewright/${variablesMade++}` },
        }),
      ],
      [],
    );
    const ref = this.#remember(handle);
    this.#variables.add(handle);
    this.backend.executeMultipleOutputs("AssignVariableOp", dtype, [handle, value], 0);
    value.dispose();
    return ref;
  }

  /** The variable's value; the variable is no more. */
  readVariable(handle: TensorRef, dtype: DType): Tensor {
    const held = this.#tensor(handle);
    const type = this.#attributes({ dtype: { type: dtype } });
    const value = this.backend.executeSingleOutput("ReadVariableOp", type, [held]);
    this.#destroy(held);
    return value;
  }

  #destroy(variable: Tensor): void {
    this.#variables.delete(variable);
    const ignoring = this.#attributes({ ignore_lookup_error: { bool: true } });
    this.backend.executeMultipleOutputs("DestroyResourceOp", ignoring, [variable], 0);
  }

  /** A tensor that stays the caller's, or a float32 scalar. */
  input(value: Tensor | number): TensorRef {
    return typeof value === "number" ? this.constant(value, "float32") : this.#name(value);
  }

  op(
    name: string,
    inputs: readonly TensorRef[],
    attributes: Readonly<Record<string, TensorflowAttribute>> = {},
    count = 1,
  ) {
    const tensors = inputs.map((input) => this.#tensor(input));
    if (count === 1)
      return this.#remember(this.backend.executeSingleOutput(name, this.#attributes(attributes), tensors));
    const outputs = this.backend.executeMultipleOutputs(name, this.#attributes(attributes), tensors, count);
    const [first, ...others] = outputs.map((output) => this.#remember(output));
    this.#others.set(first!.node, others);
    return first!;
  }

  output({ node }: TensorRef, index: number): TensorRef {
    return this.#others.get(node)![index - 1]!;
  }

  product(dims: readonly Dim[]): number {
    return elementCount(dims as readonly number[]);
  }

  reshape(x: TensorRef, dims: readonly Dim[], dtype: DType = "float32"): TensorRef {
    const shape = this.constant(dims as readonly number[], "int32");
    return this.op("Reshape", [x, shape], { T: { type: dtype }, Tshape: { type: "int32" } });
  }

  update(name: string, inputs: readonly TensorRef[], attributes: Readonly<Record<string, TensorflowAttribute>> = {}) {
    const tensors = inputs.map((input) => this.#tensor(input));
    this.backend.executeMultipleOutputs(name, this.#attributes(attributes), tensors, 0);
    return inputs[0]!;
  }

  constant(values: number | readonly number[], dtype: DType): TensorRef {
    const list = typeof values === "number" ? [values] : values;
    return this.#remember(holdNumbers(list, typeof values === "number" ? [] : [list.length], dtype, "tensorflow"));
  }

  read(name: string, inputs: readonly TensorRef[], attributes: Readonly<Record<string, TensorflowAttribute>> = {}) {
    return this.op(name, inputs, attributes);
  }

  /** Whatever was written before has run. */
  after(x: TensorRef): TensorRef {
    return x;
  }

  loop = unused;
  body = unused;
  constantArray = unused;
  size = unused;
  shape = unused;

  /** Frees all that was made but one tensor, and returns that. */
  keep(ref: TensorRef): Tensor {
    const kept = this.#tensor(ref);
    for (const tensor of this.#made) if (tensor !== kept) tensor.dispose();
    return kept;
  }

  /** Frees what was made on the way, and variables that were not read at the end. */
  dispose(): void {
    for (const variable of this.#variables) this.#destroy(variable);
    for (const tensor of this.#made) tensor.dispose();
  }

  #tensor(ref: TensorRef): Tensor {
    return this.#tensors.get(ref.node)!;
  }

  #remember(tensor: Tensor): TensorRef {
    this.#made.push(tensor);
    return this.#name(tensor);
  }

  #name(tensor: Tensor): TensorRef {
    const node = String(this.#tensors.size);
    this.#tensors.set(node, tensor);
    return { node, output: 0 };
  }

  #attributes(attributes: Readonly<Record<string, TensorflowAttribute>>) {
    return eagerAttributes(this.backend, attributes);
  }
}

function unused(): never {
  throw internalError("a rule needs more of TensorFlow than is run eagerly");
}
