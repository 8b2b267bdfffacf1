import { describe, expect, it } from "vitest";
import { attribute, GraphDefBuilder } from "../../compiler/lower/graph-def.js";
import type { AttrValue } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";

const F = { T: attribute.type("float32") };
const I = { T: attribute.type("int32") };

function placeholder(g: GraphDefBuilder, name: string) {
  return g.node("Placeholder", [], { dtype: attribute.type("float32"), shape: attribute.shape([null]) }, { name });
}

const listing = (g: GraphDefBuilder) => g.finish().node.map(({ name, op, input }) => [name, op, ...input].join(" "));

describe("sharing of nodes", () => {
  it("makes one node of two equal ones, whatever order their attributes are in", () => {
    const g = new GraphDefBuilder();
    const x = placeholder(g, "x");
    const [no, type] = [attribute.bool(false), attribute.type("float32")];
    const a = g.node("MatMul", [x, x], { T: type, transpose_a: no, transpose_b: no });
    const b = g.node("MatMul", [x, x], { transpose_b: no, T: type, transpose_a: no });
    expect(b).toEqual(a);
  });

  it("lets two ops meet in one node with two outputs", () => {
    const g = new GraphDefBuilder();
    const x = placeholder(g, "x");
    const both = () => g.node("SparseSoftmaxCrossEntropyWithLogits", [x, x], F, { outputs: 2 });
    const loss = g.node("SparseSoftmaxCrossEntropyWithLogits", [x, x], F);
    const gradient = g.output(both(), 1);
    expect(gradient).toEqual({ node: loss.node, output: 1 });
    expect(() => g.output(loss, 2)).toThrow("has 2 outputs, so none with index 2");
  });

  it("tells nodes apart by input, control, attribute and op", () => {
    const g = new GraphDefBuilder();
    const [x, y] = [placeholder(g, "x"), placeholder(g, "y")];
    const refs = [
      g.node("Neg", [x], F),
      g.node("Neg", [y], F),
      g.node("Neg", [x], I),
      g.node("Neg", [x], F, { controls: [y] }),
      g.node("Abs", [x], F),
    ];
    expect(new Set(refs.map((ref) => ref.node)).size).toBe(refs.length);
  });

  it("does not care for the order of controls, nor for a control that is given twice", () => {
    const g = new GraphDefBuilder();
    const [x, y] = [placeholder(g, "x"), placeholder(g, "y")];
    const a = g.node("Neg", [x], F, { controls: [x, y] });
    expect(g.node("Neg", [x], F, { controls: [y, x, y] })).toEqual(a);
  });

  it("keeps apart what has state and what is made with `unique`", () => {
    const g = new GraphDefBuilder();
    const handle = () =>
      g.node("VarHandleOp", [], {
        dtype: attribute.type("float32"),
        shape: attribute.shape([]),
        shared_name: attribute.string("w"),
      });
    expect(handle()).toEqual(handle());
    const read = (unique?: boolean) =>
      g.node(
        "ReadVariableOp",
        [handle()],
        { dtype: attribute.type("float32") },
        unique === undefined ? {} : { unique },
      );
    expect(read()).not.toEqual(read());
    expect(read(false)).toEqual(read(false));
    expect(placeholder(g, "x")).not.toEqual(placeholder(g, "x"));
    const zero = () => g.node("NoOp", [], {}, { unique: true });
    expect(zero()).not.toEqual(zero());
  });

  it("shares constants by their bytes, so that 0 and -0 differ, and large ones by their arrays", () => {
    const g = new GraphDefBuilder();
    const scalar = (value: number) => g.constant([value], [], "float32");
    expect(scalar(0.1)).toEqual(scalar(Math.fround(0.1)));
    expect(scalar(0)).not.toEqual(scalar(-0));
    expect(g.constant([1], [], "int32")).not.toEqual(g.constant([1], [1], "int32"));
    const large = () => g.constant(new Float32Array(2000), [2000], "float32");
    expect(large()).not.toEqual(large());
    const values = new Float32Array(2000);
    const ofValues = (...shape: number[]) => g.constant(values, shape, "float32");
    expect(ofValues(2000)).toEqual(ofValues(2000));
    expect(ofValues(40, 50)).not.toEqual(ofValues(2000));
    expect(ofValues(40, 50)).toEqual(ofValues(40, 50));
    expect(() => g.constant([1, 2, 3], [2, 2], "float32")).toThrow(
      "a constant of shape [2, 2] has 4 values, given were 3",
    );
  });
});

describe("names", () => {
  it("are those of the ops within their scopes, and unique", () => {
    const g = new GraphDefBuilder();
    const x = placeholder(g, "x");
    g.scope("dense", () => {
      g.node("MatMul", [x, x], F);
      g.node("MatMul", [x, x], F, { controls: [x] });
      g.scope("inner", () => g.node("Neg", [x], F));
    });
    g.node("Relu", [x], F, { name: "dense/MatMul_1" });
    g.node("Elu", [x], F, { name: "dense/MatMul" });
    expect(g.finish().node.map((node) => node.name)).toEqual([
      "x",
      "dense/MatMul",
      "dense/MatMul_1",
      "dense/inner/Neg",
      "dense/MatMul_1_1",
      "dense/MatMul_2",
    ]);
  });

  it("hold only what TensorFlow accepts", () => {
    const g = new GraphDefBuilder();
    const names = ["_FusedMatMul", "größe 1", "/a//b/", "-", "x:0", "^x"];
    for (const name of names) g.node("NoOp", [], {}, { name, unique: true });
    for (const node of g.finish().node) expect(node.name).toMatch(/^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/);
  });

  it("leave a scope even when building in it fails", () => {
    const g = new GraphDefBuilder();
    const fail = () => {
      throw new Error("no");
    };
    expect(() => g.scope("s", fail)).toThrow("no");
    expect(placeholder(g, "x").node).toBe("x");
  });
});

describe("a loop's nodes", () => {
  function countTo(g: GraphDefBuilder, body: (i: { node: string; output: number }) => void = () => {}) {
    const [zero, one, ten] = [0, 1, 10].map((value) => g.constant([value], [], "int32"));
    return g.whileLoop({
      initial: [zero!],
      condition: ([i]) => g.node("Less", [i!, ten!], I),
      body: ([i]) => {
        body(i!);
        return { values: [g.node("AddV2", [i!, one!], I)] };
      },
    });
  }

  it("are the raw control flow, with what comes from outside entered once", () => {
    const g = new GraphDefBuilder();
    countTo(g, (i) => {
      const two = g.constant([2], [], "int32");
      g.node("Mul", [g.node("Mul", [i, two], I), two], I);
    });
    expect(listing(g)).toMatchInlineSnapshot(`
      [
        "Const Const",
        "Const_1 Const",
        "Const_2 Const",
        "while/Enter Enter Const",
        "while/Merge Merge while/Enter while/NextIteration",
        "while/Enter/Const_2 Enter Const_2",
        "while/Less Less while/Merge while/Enter/Const_2",
        "while/LoopCond LoopCond while/Less",
        "while/Switch Switch while/Merge while/LoopCond",
        "while/Identity Identity while/Switch:1",
        "while/Const Const",
        "while/Enter/Const Enter while/Const",
        "while/Mul Mul while/Identity while/Enter/Const",
        "while/Mul_1 Mul while/Mul while/Enter/Const",
        "while/Enter/Const_1 Enter Const_1",
        "while/AddV2 AddV2 while/Identity while/Enter/Const_1",
        "while/NextIteration NextIteration while/AddV2 ^while/Identity",
        "while/Exit Exit while/Switch",
      ]
    `);
  });

  it("are moved out of the loop where they depend on nothing of it", () => {
    const g = new GraphDefBuilder();
    const x = placeholder(g, "x");
    countTo(g, () => {
      expect(listing(g)).not.toContain("while/Neg Neg x");
      g.node("Neg", [x], F);
      expect(listing(g)).toContain("while/Neg Neg x");
    });
  });

  it("stay in the loop and wait for its control where they have state", () => {
    const g = new GraphDefBuilder();
    const attributes = {
      dtype: attribute.type("float32"),
      shape: attribute.shape([]),
      shared_name: attribute.string("w"),
    };
    const w = g.node("VarHandleOp", [], attributes, { name: "w" });
    countTo(g, () => g.node("ReadVariableOp", [w], { dtype: attribute.type("float32") }));
    expect(listing(g)).toContain("while/ReadVariableOp ReadVariableOp while/Enter/w ^while/Identity");
  });

  it("wait, in a loop within a loop, for the outer one's control: in its last round nothing may start", () => {
    const g = new GraphDefBuilder();
    countTo(g, () => countTo(g));
    const isInner = ({ value }: AttrValue) =>
      value.case === "s" && new TextDecoder().decode(value.value) === "while/while";
    const enters = g.finish().node.filter(({ op, attr }) => op === "Enter" && isInner(attr.frame_name!));
    expect(enters.length).toBeGreaterThan(1);
    for (const { input } of enters) expect(input.slice(1)).toEqual(["^while/Identity"]);
  });

  it("may not be used after the loop", () => {
    const g = new GraphDefBuilder();
    let inside: { node: string; output: number } | undefined;
    countTo(g, (i) => {
      inside = g.node("Neg", [i], I);
    });
    expect(() => g.node("Neg", [inside!], I)).toThrow("is used outside of the loop while that it belongs to");
  });

  it("need the dtype of what enters", () => {
    const g = new GraphDefBuilder();
    const x = g.node("Mystery", []);
    expect(() => countTo(g, (i) => g.node("Add", [i, x], I))).toThrow("the dtype of Mystery (Mystery) is not known");
    const y = g.node("Mystery", [], {}, { dtypes: ["float32", "int32"] });
    expect(g.dtype(g.output(y, 1))).toBe("int32");
  });

  it("give back as many values as the loop carries", () => {
    const g = new GraphDefBuilder();
    const zero = g.constant([0], [], "int32");
    const loop = { initial: [zero], condition: () => g.constant([true], [], "bool"), body: () => ({ values: [] }) };
    expect(() => g.whileLoop(loop)).toThrow("the loop while carries 1 values, its body gave 0");
    expect(() => g.whileLoop({ ...loop, initial: [] })).toThrow("a loop has to carry at least one value");
  });
});
