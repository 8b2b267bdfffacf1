import { generate, type NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node, OpName } from "../../src/ir/node.js";
import type { OpDefinition, Sample } from "../../src/ir/op.js";
import { type Random, random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import * as publicOps from "../../src/ops/index.js";
import { inputOp } from "../../src/ops/input.js";
import { registry } from "../../src/ops/registry.js";
import { callReference, computationFor } from "../support/computation.js";
import { resultsOfSample, samplesOf } from "../support/samples.js";
import { chooseOver, firstOf, mapOver, scanOver, whileOver } from "./bodies.js";
import { callOf } from "./calls.js";
import { fit, fresh, freshIntegers, inDomain, type Value } from "./fit.js";
import type { FuzzProgram } from "./program.js";
import { named, namedAttributes, type SizeNames } from "./sizes.js";

/** Every op that says by samples how it is called. */
const definitions = (Object.values(registry) as unknown as OpDefinition<OpName>[]).filter(
  (definition) => samplesOf(definition).length > 0,
);

/** Of matrices in general position alone: what others are decomposed into is not settled, and some have no inverse. */
const ofMatrices: ReadonlySet<OpName> = new Set<OpName>([
  ...(["cholesky", "det", "eigh", "inverse", "pinv", "qr", "slogdet", "solve", "svd", "triangularSolve"] as const),
]);

const mostElements = 2000;

/** A random program: the same for the same numbers. It is grown value by value, each of an op that takes values before it. */
export function grow(seed: number, index: number): FuzzProgram {
  const generator = random(seed, `program ${index}`);
  const names = namesFor(generator);
  const growth = new Growth(generator, names, generator.uniform() < 0.06);
  // Sizes are known by the data of inputs: one has them all.
  if (names.size > 0) growth.feed(fresh(anyNumbers, [...names.keys()], growth.extreme, generator));
  const roots = 1 + generator.integer(3);
  for (let i = 0; i < roots; i++) {
    const shape = Array.from({ length: generator.integer(6) }, () => 1 + generator.integer(4));
    growth.feed(fresh(anyNumbers, shape, growth.extreme, generator));
  }
  const steps = 1 + generator.integer(10);
  for (let i = 0; i < steps; i++) growth.step();
  return { inputs: growth.inputs, arrays: growth.arrays, outputs: growth.outputs(), orders: generator.integer(3) };
}

const anyNumbers = generate([1], "float32", () => -1);

function namesFor(generator: Random): SizeNames {
  if (generator.uniform() < 0.5) return new Map();
  const sizes = [2, 3, 4, 5].filter(() => generator.uniform() < 0.5);
  return new Map(sizes.map((size) => [size, `n${size}`]));
}

class Growth {
  readonly inputs: Node[] = [];
  readonly arrays: NdArray[] = [];
  readonly #values: Value[] = [];
  readonly #used = new Set<Node>();

  constructor(
    readonly generator: Random,
    readonly names: SizeNames,
    readonly extreme: boolean,
  ) {}

  /** Makes an input of data. */
  feed(array: NdArray): Node {
    const shape = named(array.shape, this.names);
    const node = makeNode(inputOp, [], { shape, dtype: array.dtype });
    this.inputs.push(node);
    this.arrays.push(array);
    this.#values.push({ node, array });
    return node;
  }

  /** What nothing reads, and now and then what is read as well. */
  outputs(): Record<string, Node> {
    const computed = this.#values.filter(({ node }) => !this.inputs.includes(node));
    const read = new Set(computed.flatMap(({ node }) => node.inputs));
    const wanted = computed.filter(({ node }) => !this.#used.has(node) && !read.has(node));
    const kept = wanted.length > 0 ? wanted.slice(-4) : this.#values.slice(-1);
    return Object.fromEntries(kept.map(({ node }, i) => [`y${i}`, node]));
  }

  /** Adds the results of a random op. Where names keep it from being called like this, nothing is added. */
  step(): void {
    const before = this.inputs.length;
    const values = this.#values.length;
    try {
      const kind = this.generator.uniform();
      if (kind < 0.06) this.#bodies();
      else if (kind < 0.35) this.#call();
      else this.#apply(definitions[this.generator.integer(definitions.length)]!);
    } catch (error) {
      if (!(error instanceof ShapewrightError) || error.code === "SW_INTERNAL") throw error;
      this.inputs.splice(before);
      this.arrays.splice(before);
      this.#values.splice(values);
    }
  }

  /** A loop or a choice. */
  #bodies(): void {
    const x = this.#pick(({ array }) => array.dtype === "float32" && array.shape.length > 0);
    if (!x) return;
    const along = this.generator.uniform() < 0.7;
    const build = along ? [scanOver, mapOver] : [chooseOver, whileOver];
    const made = build[this.generator.integer(2)]!(
      b.op("tanh", [x.node]),
      along ? firstOf(x.node) : x.node,
      this.generator,
    );
    for (const node of made) this.#add(node);
    this.#used.add(x.node);
  }

  #call(): void {
    const { generator, names } = this;
    const value = this.#pick(({ array }) => array.dtype === "float32");
    if (!value) return;
    this.#used.add(value.node);
    const results = callOf({
      x: inDomain(value, anyNumbers, generator),
      sizes: value.array.shape as number[],
      generator,
      feed: (shape, dtype) =>
        this.feed(dtype ? freshIntegers(shape, generator) : fresh(anyNumbers, shape, this.extreme, generator)),
      dim: (size) => names.get(size) ?? size,
    });
    for (const node of results) this.#add(node);
  }

  #apply(definition: OpDefinition<OpName>): void {
    const samples = samplesOf(definition);
    const sample = samples[this.generator.integer(samples.length)]!;
    // What only passes and gradients make takes for granted that shapes fit, and often that an operand is the result of another.
    const isPublic = definition.name in publicOps && definition.name !== "customGradient";
    const asTheyAre = isPublic && this.generator.uniform() < 0.4;
    // Axes are a sample's, and so must ranks be.
    const hasAttributes = Object.keys(sample.attributes).length > 0;
    const isBound = ofMatrices.has(definition.name) || (!isPublic && sample.inputs.length > 2);
    const chosen = sample.inputs.map((input) =>
      isBound ? this.feed(input) : this.#operand(input, asTheyAre, hasAttributes),
    );
    const attributes = namedAttributes(definition, sample.attributes, this.names) as never;
    const results = resultsOfSample(definition, chosen, { ...sample, attributes } as Sample<OpName>);
    // Such an op's gradient is refused, which is right: so none is asked for.
    const fixed = "notDifferentiable" in definition.gradient;
    for (const node of results) {
      this.#add(fixed && node.dtype === "float32" ? b.op("stopGradient", [node]) : node);
    }
  }

  /** A value for an op's operand: one that there is, made to fit or as it is, or a new input. */
  #operand(sample: NdArray, asItIs: boolean, ofRank: boolean): Node {
    const isFloat = sample.dtype === "float32";
    const value = this.#pick(({ array }) => array.dtype === sample.dtype && (isFloat || isAmong(array, sample)));
    if (!value || this.generator.uniform() < 0.15) {
      return this.feed(fresh(sample, sample.shape, this.extreme, this.generator));
    }
    this.#used.add(value.node);
    if (!isFloat) return value.node;
    if (asItIs && (!ofRank || value.node.rank === sample.shape.length)) return inDomain(value, sample, this.generator);
    try {
      return fit(value, sample, this.names, this.generator);
    } catch (error) {
      if (!(error instanceof ShapewrightError) || error.code === "SW_INTERNAL") throw error;
      return this.feed(fresh(sample, sample.shape, this.extreme, this.generator));
    }
  }

  /** One of the values, more often one that is computed. */
  #pick(fits: (value: Value) => boolean): Value | undefined {
    const all = this.#values.filter(fits);
    const computed = this.generator.uniform() < 0.5 ? all.filter(({ node }) => node.inputs.length > 0) : [];
    const fitting = computed.length > 0 ? computed : all;
    return fitting[this.generator.integer(fitting.length)];
  }

  #add(node: Node): void {
    const { y } = callReference(computationFor(this.inputs, { y: node }), this.arrays);
    if (y!.data.length <= mostElements && y!.shape.length <= 5) this.#values.push({ node, array: y! });
  }
}

/** Whether integers are of the sample's shape and between its least and its largest: labels stay labels. */
function isAmong(array: NdArray, sample: NdArray): boolean {
  if (`${array.shape}` !== `${sample.shape}`) return false;
  const [least, largest] = [Math.min(...sample.data), Math.max(...sample.data)];
  return array.data.every((number: number) => number >= least && number <= largest);
}
