import type { Loop } from "../../ir/control.js";
import { topologicalOrder } from "../../ir/graph.js";
import { isOp, type Node, type OpName } from "../../ir/node.js";
import type { Dim } from "../../types/dim.js";
import { sameShape } from "../../types/same-shape.js";

/** A loop for the kernel that computes rows by themselves, `runtime/native/kernels/rowLoop.h`, which says what the numbers mean. */
export interface RowProgram {
  readonly program: readonly number[];
  readonly numbers: readonly number[];
}

const kinds = { carry: 0, sequence: 1, fixedRows: 2, shared: 3, number: 4, temporary: 5, part: 6 } as const;

const [copying, product] = [0, 1];

/** The numbers of the instructions that are elementwise. */
const codes: { readonly [K in OpName]?: number } = {
  broadcastTo: copying,
  add: 2,
  subtract: 3,
  multiply: 4,
  divide: 5,
  maximum: 6,
  minimum: 7,
  neg: 8,
  sigmoid: 9,
  tanh: 10,
  exp: 11,
  relu: 12,
  sigmoidGradient: 13,
  tanhGradient: 14,
  reluGradient: 15,
  select: 16,
  greater: 17,
  greaterEqual: 18,
  less: 19,
  lessEqual: 20,
  square: 21,
  sqrt: 22,
  abs: 23,
  xdivy: 24,
};

interface Slot {
  readonly kind: keyof typeof kinds;
  readonly width: number;
  /** The input or the number that it is; of a part, what it is a part of. */
  of?: number;
  whole?: Slot;
  from?: number;
}

interface Instruction {
  readonly code: number;
  readonly to: Slot;
  /** Of a product: rows, the number of a matrix, and what is added. */
  readonly operands: readonly (Slot | number | undefined)[];
}

class NoRows extends Error {}

/** The program of a loop all of whose rounds compute rows by themselves; none of another, or of one with ops that the kernel lacks. */
export function rowProgramOf(loop: Loop): RowProgram | undefined {
  if (loop.condition || loop.carries === 0 || loop.sequences === 0) return undefined;
  try {
    return new RowCompiler(loop).compile();
  } catch (error) {
    if (error instanceof NoRows) return undefined;
    throw error;
  }
}

class RowCompiler {
  readonly #rows: Dim | undefined;
  readonly #slots = new Map<Node, Slot>();
  readonly #all: Slot[] = [];
  readonly #numbers: number[] = [];
  readonly #matrices = new Map<string, readonly number[]>();
  readonly #instructions: Instruction[] = [];
  readonly #uses = new Map<Node, number>();

  constructor(readonly loop: Loop) {
    this.#rows = loop.body.parameters[0]!.shape[0];
  }

  compile(): RowProgram {
    const { body, carries, sequences, reverse } = this.loop;
    const nodes = topologicalOrder(body.results);
    for (const node of [...nodes.flatMap(({ inputs }) => inputs), ...body.results])
      this.#uses.set(node, (this.#uses.get(node) ?? 0) + 1);
    for (const [i, parameter] of body.parameters.slice(0, carries + sequences).entries()) {
      if (parameter.dtype === "int32") throw new NoRows();
      this.#slots.set(
        parameter,
        this.#slot({ kind: i < carries ? "carry" : "sequence", width: this.#width(parameter), of: i }),
      );
    }
    // The others are made where they are read.
    const computed = nodes.filter(({ op }) => !["input", "constant", "split", "result"].includes(op));
    for (const node of computed) this.#slots.set(node, this.#compileNode(node));
    const results = body.results.map((result) => {
      if (result.rank !== 2 || result.dtype !== "float32") throw new NoRows();
      const slot = this.#operand(result);
      if (slot.width === this.#width(result) && slot.kind !== "number" && slot.kind !== "shared") return slot;
      return this.#elementwise(copying, this.#width(result), [slot]);
    });
    // What is a part comes after what it is a part of.
    const slots = [...this.#all.filter((slot) => !slot.whole), ...this.#all.filter((slot) => slot.whole)];
    const place = new Map(slots.map((slot, i) => [slot, i]));
    const numberOf = (one: Slot | number | undefined) => (typeof one === "object" ? place.get(one)! : (one ?? -1));
    const program = [
      // Its constants are an input behind the others.
      ...[body.parameters.length + 1, carries, reverse ? 1 : 0],
      ...[slots.length, this.#matrices.size, this.#instructions.length, results.length],
      ...slots.flatMap((slot) => {
        const { whole, from } = rootOf(slot);
        const kind = kinds[slot.whole ? "part" : slot.kind];
        return [kind, slot.width, slot.whole ? place.get(whole)! : (slot.of ?? 0), from];
      }),
      ...[...this.#matrices.values()].flat(),
      ...this.#instructions.flatMap(({ code, to, operands: [a, b, c] }) => [code, to, a, b, c].map(numberOf)),
      ...results.map(numberOf),
    ];
    return { program, numbers: this.#numbers };
  }

  #slot(slot: Slot): Slot {
    this.#all.push(slot);
    return slot;
  }

  #number(value: number): Slot {
    return this.#slot({ kind: "number", width: 1, of: this.#numbers.push(value) - 1 });
  }

  /** How many elements a row of a value has. A vector of what there is one of for each row is a column. */
  #width({ shape }: Node): number {
    if (shape[0] !== this.#rows || shape.length > 2) throw new NoRows();
    const [, width = 1] = shape;
    if (typeof width !== "number") throw new NoRows();
    return width;
  }

  #compileNode(node: Node): Slot {
    const [first] = node.inputs;
    if (isOp(node, "dot")) {
      const { transposeA, transposeB } = node.attributes;
      if (transposeA) throw new NoRows();
      return this.#product(node.inputs, transposeB);
    }
    if (isOp(node, "affine")) return this.#compileAffine(node);
    if (isOp(node, "concat")) return this.#compileConcat(node);
    if (isOp(node, "reshape") || isOp(node, "cast")) {
      // Numbers stay as they are, and truth is 1 and 0: casts that round, or that make truth of other numbers, are none of the kernel's.
      const isKept = isOp(node, "reshape") || node.dtype === "float32" || first!.dtype === "bool";
      const isTaken = isKept && [node, first!].every(({ dtype }) => dtype !== "int32");
      if (!isTaken || this.#width(node) !== this.#width(first!)) throw new NoRows();
      const slot = this.#operand(first!);
      // A vector that all rows read is no column, be it as long as there are rows.
      if (slot.width !== this.#width(node)) throw new NoRows();
      return slot;
    }
    const sum = isOp(node, "add") && this.#compileSum(node);
    if (sum) return sum;
    const isReciprocal = isOp(node, "reciprocal");
    const code = isReciprocal ? codes.divide : codes[node.op];
    if (code === undefined || node.rank !== 2) throw new NoRows();
    const width = this.#width(node);
    const operands = node.inputs.map((input) => this.#broadcast(input, width));
    return this.#elementwise(code, width, isReciprocal ? [this.#number(1), ...operands] : operands);
  }

  #elementwise(code: number, width: number, operands: readonly Slot[]): Slot {
    const to = this.#slot({ kind: "temporary", width });
    this.#instructions.push({ code, to, operands });
    return to;
  }

  /** Of a value that stands beside rows of some width: rows, or what is the same for all. */
  #broadcast(node: Node, width: number): Slot {
    const slot = this.#operand(node);
    const isRows = node.rank === 2 && node.shape[0] === this.#rows;
    const isShared = slot.kind === "shared" || slot.kind === "number";
    if ((!isRows && !isShared) || (slot.width !== width && slot.width !== 1)) throw new NoRows();
    return slot;
  }

  #operand(node: Node): Slot {
    const known = this.#slots.get(node);
    if (known) return known;
    const slot = this.#newOperand(node);
    this.#slots.set(node, slot);
    return slot;
  }

  #newOperand(node: Node): Slot {
    const { shape } = node;
    if (node.dtype === "int32") throw new NoRows();
    if (isOp(node, "constant")) {
      const { data } = node.attributes.value;
      if (data.length !== 1) throw new NoRows();
      return this.#number(Number(data[0]));
    }
    if (isOp(node, "result")) {
      const [whole] = node.inputs;
      if (!isOp(whole!, "split")) throw new NoRows();
      const before = whole.attributes.sizes.slice(0, node.attributes.index);
      if (whole.attributes.axis !== 1 || before.some((size) => typeof size !== "number")) throw new NoRows();
      const from = (before as number[]).reduce((sum, size) => sum + size, 0);
      return this.#slot({ kind: "part", width: this.#width(node), whole: this.#operand(whole.inputs[0]!), from });
    }
    const of = this.loop.body.parameters.indexOf(node);
    if (of < 0) throw new NoRows();
    if (shape.length === 2 && shape[0] === this.#rows)
      return this.#slot({ kind: "fixedRows", width: this.#width(node), of });
    const width = shape.at(-1) ?? 1;
    if (shape.slice(0, -1).some((dim) => dim !== 1) || typeof width !== "number") throw new NoRows();
    return this.#slot({ kind: "shared", width, of });
  }

  /** What is added to a product that nothing else reads, is added as it is computed. */
  #compileSum(node: Node<"add">): Slot | undefined {
    const [x, y] = node.inputs as [Node, Node];
    const isOnce = (one: Node) => isOp(one, "dot") && this.#uses.get(one) === 1 && sameShape(one.shape, node.shape);
    const dot = [x, y].find(isOnce);
    if (!dot) return undefined;
    const added = this.#broadcast(dot === x ? y : x, this.#width(node));
    if (added.width === 1) return undefined;
    const to = this.#slots.get(dot)!;
    const at = this.#instructions.findIndex((one) => one.to === to);
    const [written] = this.#instructions.splice(at, 1);
    this.#instructions.push({ ...written!, operands: [...written!.operands.slice(0, 2), added] });
    return to;
  }

  #product([a, matrix]: readonly Node[], transposed = false, added?: Slot): Slot {
    const { parameters } = this.loop.body;
    const of = parameters.indexOf(matrix!, this.loop.carries + this.loop.sequences);
    const [rows, columns] = matrix!.shape;
    const isKnown = typeof rows === "number" && typeof columns === "number" && matrix!.rank === 2;
    if (of < 0 || a!.rank !== 2 || !isKnown) throw new NoRows();
    const [depth, width] = transposed ? [columns, rows] : [rows, columns];
    const key = [of, transposed].join();
    if (!this.#matrices.has(key)) this.#matrices.set(key, [of, depth, width, transposed ? 1 : 0]);
    const to = this.#slot({ kind: "temporary", width });
    const place = [...this.#matrices.keys()].indexOf(key);
    this.#instructions.push({ code: product, to, operands: [this.#operand(a!), place, added] });
    return to;
  }

  #compileAffine(node: Node<"affine">): Slot {
    const { transposeA, transposeB, activation } = node.attributes;
    if (transposeA || (activation !== undefined && activation !== "relu")) throw new NoRows();
    const width = this.#width(node);
    const sum = this.#product(node.inputs, transposeB, this.#broadcast(node.inputs[2]!, width));
    return activation === "relu" ? this.#elementwise(codes.relu!, width, [sum]) : sum;
  }

  /** Parts are computed where they will be; those that are somewhere already are copied. */
  #compileConcat(node: Node<"concat">): Slot {
    if (node.attributes.axis !== 1) throw new NoRows();
    const to = this.#slot({ kind: "temporary", width: this.#width(node) });
    let from = 0;
    for (const input of node.inputs) {
      const part = this.#operand(input);
      const width = this.#width(input);
      if (part.kind === "temporary" && !part.whole && part.width === width) {
        part.whole = to;
        part.from = from;
      } else {
        const place = this.#slot({ kind: "part", width, whole: to, from });
        this.#instructions.push({ code: copying, to: place, operands: [part] });
      }
      from += width;
    }
    return to;
  }
}

/** Of a part of a part, what it is a part of in the end, and from where on. */
function rootOf(slot: Slot): { readonly whole: Slot; readonly from: number } {
  if (!slot.whole) return { whole: slot, from: 0 };
  const { whole, from } = rootOf(slot.whole);
  return { whole, from: from + (slot.from ?? 0) };
}
