import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilePrediction } from "../../compiler/compilePrediction.js";
import {
  add,
  array,
  compile,
  constant,
  conv2d,
  input,
  meanSquaredError,
  model,
  ones,
  relu,
  sgd,
} from "../../compiler/language.js";
import { lowerForDrawing } from "../../compiler/lower/lowerForDrawing.js";
import { GraphDefSchema } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";
import { retarget } from "../../compiler/pipeline.js";
import { type Event, EventSchema } from "../../runtime/callbacks/tensorboard/generated/events_pb.js";
import { histogramOf } from "../../runtime/callbacks/tensorboard/histogramOf.js";
import { pngsOf } from "../../runtime/callbacks/tensorboard/pngsOf.js";
import { crc32c } from "../../runtime/files/crcOf.js";
import { type Callback, type Images, open, tensorBoard } from "../../runtime/index.js";
import { python, pythonMissing, pythonTitle } from "../emit/python.js";
import { halvingLine } from "../support/halvingLine.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const line = halvingLine();
const x = array(new Float32Array([1, 1]), [2, 1]);
const settings = { verbose: 0, epochs: 2, batchSize: 2, validationData: [{ x }, x] } as const;

/** The events of a folder, one file after the other. */
function eventsIn(run: string): Event[] {
  return readdirSync(run)
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(join(run, name));
      const events: Event[] = [];
      for (let at = 0; at < bytes.length; ) {
        const length = Number(bytes.readBigUInt64LE(at));
        events.push(fromBinary(EventSchema, bytes.subarray(at + 12, at + 12 + length)));
        at += length + 16;
      }
      return events;
    });
}

/** The numbers of a run: of each step, by their tags. */
function numbersIn(run: string) {
  return eventsIn(run).flatMap(({ step, what }) =>
    what.case === "summary"
      ? what.value.value.flatMap(({ tag, value }) =>
          value.case === "simpleValue" ? [[Number(step), tag, value.value]] : [],
        )
      : [],
  );
}

test("epochs' losses, those of validation, and the rate, by Keras's names", async () => {
  using session = await open(line, { backend: "reference" });
  const runs = join(folder, "epochs");
  await session.fit({ x }, x, { ...settings, callbacks: [tensorBoard(runs, { histogramFreq: 2 })] });
  expect(eventsIn(join(runs, "train"))[0]).toMatchObject({ what: { case: "fileVersion", value: "brain.Event:2" } });
  expect(numbersIn(join(runs, "train"))).toEqual([
    [1, "epoch_loss", 1],
    [1, "epoch_learning_rate", 0.25],
    [2, "epoch_loss", 0.25],
    [2, "epoch_learning_rate", 0.25],
  ]);
  expect(numbersIn(join(runs, "validation"))).toEqual([
    [1, "epoch_loss", 0.25],
    [2, "epoch_loss", 0.0625],
  ]);
  const last = eventsIn(join(runs, "train")).at(-1)!.what;
  const histogram = last.case === "summary" ? last.value.value.at(-1) : undefined;
  expect(histogram).toMatchObject({
    tag: "dense/kernel/histogram",
    value: { case: "histo", value: { min: 0.75, max: 0.75, num: 1, bucket: [1] } },
  });
});

test("steps' losses, on request", async () => {
  using session = await open(line, { backend: "reference" });
  const runs = join(folder, "steps");
  const callbacks = [tensorBoard(runs, { updateFreq: "batch" })];
  await session.fit({ x }, x, { verbose: 0, epochs: 2, batchSize: 1, callbacks });
  const numbers = numbersIn(join(runs, "train")).filter(([, tag]) => tag === "batch_loss");
  expect(numbers).toEqual([
    [1, "batch_loss", 1],
    [2, "batch_loss", (1 + 0.25) / 2],
    [3, "batch_loss", 0.0625],
    [4, "batch_loss", (0.0625 + 0.015625) / 2],
  ]);
});

test.each(["epoch", "batch"] as const)(
  "a run that goes on takes back what came after its backup, of each %s",
  async (updateFreq) => {
    const [runs, backup] = [join(folder, `resumed-${updateFreq}`), join(folder, `backup-${updateFreq}.safetensors`)];
    const fails: Callback = {
      onEpochEnd({ epoch }) {
        if (epoch === 2) throw new Error("no power");
      },
    };
    const fit = async (callbacks: readonly Callback[]) => {
      using session = await open(line, { backend: "reference" });
      const board = tensorBoard(runs, { updateFreq });
      await session.fit({ x }, x, { ...settings, batchSize: 1, backup, callbacks: [board, ...callbacks] });
    };
    // It is killed twice after the same backup, and begins with the first epoch's.
    await expect(fit([fails])).rejects.toThrow("no power");
    await expect(fit([fails])).rejects.toThrow("no power");
    await fit([]);
    expect(readdirSync(join(runs, "train"))).toHaveLength(2);
    const placesIn = (part: string) => numbersIn(join(runs, part)).map(([step, tag]) => `${tag} ${step}`);
    const stepsOf = (first: number) =>
      updateFreq === "batch" ? [`batch_loss ${first}`, `batch_loss ${first + 1}`] : [];
    expect(placesIn("train")).toEqual([
      ...[...stepsOf(1), "epoch_loss 1", "epoch_learning_rate 1"],
      ...[...stepsOf(3), "epoch_loss 2", "epoch_learning_rate 2"],
    ]);
    expect(placesIn("validation")).toEqual(["epoch_loss 1", "epoch_loss 2"]);
    const restarts = eventsIn(join(runs, "train")).flatMap(({ step, what }) =>
      what.case === "sessionLog" ? [step] : [],
    );
    expect(restarts).toEqual(updateFreq === "epoch" ? [2n] : []);
  },
);

/** A convolution of one filter, whose layer has relu within; its prediction is an image. */
const brush = () =>
  compile(
    model({ image: input(["batch", 2, 2, 1]) }, ({ image }) =>
      conv2d(image, { filters: 3, kernelSize: 1, activation: relu, kernelInitializer: ones(), name: "brush" }),
    ),
    { optimizer: sgd({ learningRate: 0 }), loss: meanSquaredError() },
  );
const grey = array(new Float32Array([0, 0.25, 0.5, 2]), [1, 2, 2, 1]);
const colours = array(new Uint8Array([255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]), [2, 2, 3], "uint8");
/** As tf.image.convert_image_dtype has it: times 255.5, without what is behind the point. */
const greyBytes = [0, 63, 127, 255];

async function drawn(runs: string) {
  using session = await open(brush(), { backend: "reference" });
  const callbacks = [
    tensorBoard(join(runs, "given"), { images: { grey, colours } }),
    tensorBoard(join(runs, "made"), {
      writeGraph: false,
      images: async () => ({ painted: await session.predict({ image: grey }) }),
    }),
  ];
  const target = array(new Float32Array(12), [1, 2, 2, 3]);
  await session.fit({ image: grey }, target, { verbose: 0, epochs: 2, callbacks });
}

test("the model's graph: what a layer does in its scope, beside its variables", async () => {
  await drawn(join(folder, "drawn"));
  const graphs = eventsIn(join(folder, "drawn", "given", "train")).flatMap(({ what }) =>
    what.case === "graphDef" ? [fromBinary(GraphDefSchema, what.value)] : [],
  );
  expect(graphs).toHaveLength(1);
  const nodes = graphs[0]!.node.map(({ name, op, input }) => [name, op, input.join()]);
  expect(nodes).toEqual([
    ["image", "Placeholder", ""],
    ["brush/kernel", "VarHandleOp", ""],
    ["brush/bias", "VarHandleOp", ""],
    ["ReadVariableOp", "ReadVariableOp", "brush/kernel"],
    ["ReadVariableOp_1", "ReadVariableOp", "brush/bias"],
    ["brush/Conv2D", "Conv2D", "image,ReadVariableOp"],
    ["brush/BiasAdd", "BiasAdd", "brush/Conv2D,ReadVariableOp_1"],
    ["brush/Relu", "Relu", "brush/BiasAdd"],
    ["output", "Identity", "brush/Relu"],
  ]);
  // Of a large constant there is the shape, as TensorBoard draws it.
  const wide = compilePrediction(
    model({ x: input(["batch", 4096]) }, ({ x }) => add(x, constant(array(new Float32Array(4096).fill(3), [4096])))),
  );
  const bytes = lowerForDrawing(retarget(wide, "tensorflow"));
  expect(bytes.length).toBeLessThan(2000);
  const added = fromBinary(GraphDefSchema, bytes).node.find(({ op }) => op === "Const")!.attr.value!.value;
  expect(added.case === "tensor" && added.value.tensorShape!.dim.map(({ size }) => size)).toEqual([4096n]);
  const made = eventsIn(join(folder, "drawn", "made", "train"));
  expect(made.filter(({ what }) => what.case === "graphDef")).toEqual([]);
});

test("images: those that are given as training begins, those that a function makes after each epoch", async () => {
  await drawn(join(folder, "images"));
  const imagesIn = (run: string) =>
    eventsIn(join(folder, "images", run, "train")).flatMap(({ step, what }) =>
      (what.case === "summary" ? what.value.value : []).flatMap(({ tag, value }) =>
        value.case === "image" ? [{ step: Number(step), tag, image: value.value }] : [],
      ),
    );
  const decoded = ({ step, tag, image }: ReturnType<typeof imagesIn>[number]) => {
    const { width, height, channels, data } = decode(image.encodedImageString);
    expect([image.height, image.width, image.colorspace]).toEqual([height, width, channels]);
    return [step, tag, [height, width, channels], [...data]];
  };
  expect(imagesIn("given").map(decoded)).toEqual([
    [0, "grey/0", [2, 2, 1], greyBytes],
    [0, "colours", [2, 2, 3], [...colours.data]],
  ]);
  const painted = greyBytes.flatMap((byte) => [byte, byte, byte]);
  expect(imagesIn("made").map(decoded)).toEqual([1, 2].map((step) => [step, "painted/0", [2, 2, 3], painted]));
});

test("what is no image is refused before a step is taken; of many, ten are written", async () => {
  using session = await open(line, { backend: "reference" });
  const runs = join(folder, "refused");
  const fit = (images: unknown) =>
    session.fit({ x }, x, { ...settings, callbacks: [tensorBoard(runs, { images: images as Images })] });
  const must =
    "must be [height, width, channels] or [count, height, width, channels] of float32 from 0 to 1, or of uint8";
  for (const [image, is] of [
    [3, "3"],
    [array(new Float32Array(4), [2, 2]), "float32[2, 2]"],
    [array(new Float32Array(20), [2, 2, 5]), "float32[2, 2, 5]"],
    [array(new Int32Array(4), [2, 2, 1]), "int32[2, 2, 1]"],
    [{ shape: [2, 2, 1], dtype: "float32", data: new Float32Array(3) }, "float32[2, 2, 1]"],
  ] as const) {
    await expect(fit({ own: image })).rejects.toMatchObject({
      code: "SW_DATA",
      message: `tensorBoard: images: "own" is ${is}, but ${must}`,
    });
  }
  expect(session.epochs).toBe(0);
  await expect(fit(() => null)).rejects.toThrow("the function gave null, but must give images by their names");
  expect(() => tensorBoard(runs, { images: 3 as never })).toThrow(
    "tensorBoard: images is 3, but must be a record of images by their names, or a function that gives one",
  );
  const encode = () => new Uint8Array();
  const many = pngsOf("tensorBoard", { a: array(new Float32Array(12), [12, 1, 1, 1]) }, encode);
  expect([many.size, [...many.keys()].at(-1)]).toEqual([10, "a/9"]);
});

describe.skipIf(pythonMissing !== undefined)(pythonTitle("TensorFlow's and TensorBoard's own readers"), () => {
  function read(run: string) {
    const script = join(import.meta.dirname, "read-events.py");
    const { stdout, stderr, status } = spawnSync(python, [script, run], { encoding: "utf8" });
    expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
    return JSON.parse(stdout.trimEnd().split("\n").at(-1)!);
  }

  test("read what was written", async () => {
    using session = await open(line, { backend: "reference" });
    const runs = join(folder, "read");
    await session.fit({ x }, x, { ...settings, callbacks: [tensorBoard(runs, { histogramFreq: 2 })] });
    const { values, nodes } = read(join(runs, "train"));
    expect(values).toEqual([
      [1, "epoch_loss", 1],
      [1, "epoch_learning_rate", 0.25],
      [2, "epoch_loss", 0.25],
      [2, "epoch_learning_rate", 0.25],
      [2, "dense/kernel/histogram", [1]],
    ]);
    expect(nodes.at(-1)[0]).toBe("output");
    await drawn(join(folder, "pictures"));
    const { images, nodes: painting } = read(join(folder, "pictures", "given", "train"));
    expect(painting).toContainEqual(["brush/Relu", "Relu", ["brush/BiasAdd"]]);
    expect(images.map(([step, tag, pixels]: [number, string, unknown[]]) => [step, tag, pixels.flat(2)])).toEqual([
      [0, "grey/0", greyBytes],
      [0, "colours", [...colours.data]],
    ]);
  });
});

// The check value of the catalogue of CRC algorithms, and those of RFC 3720, B.4.
test.each([
  [new TextEncoder().encode("123456789"), 0xe3069283],
  [new Uint8Array(32), 0x8a9136aa],
  [new Uint8Array(32).fill(0xff), 0x62a8ab43],
  [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
])("the checksum of %j", (bytes, sum) => {
  expect(crc32c(bytes)).toBe(sum);
});

describe("a histogram", () => {
  test("has every finite value in a bucket of 30", () => {
    const values = Float32Array.from({ length: 301 }, (_, i) => (i === 300 ? NaN : i / 300));
    const histogram = histogramOf(array(values, [301]))!;
    expect(histogram.bucket).toEqual(new Array(30).fill(10));
    expect([histogram.num, histogram.min]).toEqual([300, 0]);
    expect(histogram.bucketLimit.at(-1)).toBe(histogram.max);
  });

  test("of what is all the same has one bucket, of nothing there is none", () => {
    expect(histogramOf(array(new Float32Array(4).fill(3), [4]))).toMatchObject({
      bucket: [4],
      sum: 12,
      sumSquares: 36,
    });
    expect(histogramOf(array(new Float32Array(1).fill(NaN), [1]))).toBeUndefined();
  });
});
