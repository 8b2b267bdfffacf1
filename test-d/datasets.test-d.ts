import {
  array,
  compile,
  dense,
  flatten,
  input,
  meanSquaredError,
  model,
  type NdArray,
  rescaling,
  sequential,
  sgd,
  sparseCategoricalCrossentropy,
} from "shapewright";
import {
  arrowDataset,
  csvDataset,
  type Dataset,
  dataset,
  type ImageFolder,
  imageFolder,
  jsonlDataset,
  npyDataset,
  parquetDataset,
  readNpy,
  zip,
} from "shapewright/data";
import { open } from "shapewright/runtime";
import { expectType } from "tsd";

const images = array(new Float32Array(60 * 28 * 28), [60, 28, 28]);
const labels = new Int32Array(60);
const rows = dataset({
  inputs: { image: images },
  target: labels,
  name: ["a", "b"],
  isSeen: array(new Uint8Array(60), [60], "bool"),
});

// Rows of what has several axes stay arrays; those of one axis are plain values.
interface Element {
  readonly inputs: { readonly image: NdArray<[28, 28], "float32"> };
  readonly target: number;
}
expectType<Dataset<{ readonly image: NdArray<[28, 28], "float32"> }>>(dataset({ image: images }));
expectType<NdArray<[28, 28], "float32">>((await rows.toArray())[0]!.inputs.image);
expectType<number>((await rows.toArray())[0]!.target);
expectType<string>((await rows.toArray())[0]!.name);
expectType<boolean>((await rows.toArray())[0]!.isSeen);

// Batches have an axis more: of a size that is known where none is short.
const plain = rows.map(({ inputs, target }): Element => ({ inputs, target }));
expectType<NdArray<[number, 28, 28], "float32">>((await plain.batch(32).toArray())[0]!.inputs.image);
expectType<NdArray<[32, 28, 28], "float32">>(
  (await plain.batch(32, { dropRemainder: true }).toArray())[0]!.inputs.image,
);
expectType<number[]>((await plain.batch(32).toArray())[0]!.target);
expectType<number>((await plain.batch(32).unbatch().toArray())[0]!.target);
expectType<NdArray<[28, 28], "float32">>((await plain.batch(32).unbatch().toArray())[0]!.inputs.image);
expectType<NdArray<[number, 28, 28], "float32">>((await plain.collect()).inputs.image);

// What functions give, and what is done together.
expectType<Dataset<string>>(dataset([1, 2]).map(async (n) => `${n}`));
expectType<Dataset<string>>(dataset(["a", 1]).filter((n) => typeof n === "string"));
expectType<Dataset<number>>(dataset((epoch) => [epoch]));
expectType<Dataset<string | number>>(dataset([1]).concatenate(dataset(["a"])));
expectType<Dataset<{ readonly a: number; readonly b: string }>>(zip({ a: dataset([1]), b: dataset(["x"]) }));
// Folders and files are datasets of their own kinds, which have names of classes beside the elements.
const photos = await imageFolder("photos", { labelMode: null, imageSize: [8, 8] });
expectType<Dataset<{ readonly inputs: { readonly image: NdArray<[8, 8, 3], "uint8"> } }>>(zip({ inputs: photos }));
expectType<Dataset<string>>(dataset([1]).interleave((n) => dataset([`${n}`])));
expectType<number[][]>(await dataset([1, 2]).batch(2).toArray());

// Batches are taken where they fit the model.
const flat = compile(
  model({ image: input(["batch", 4]) }, ({ image }) => dense(image, { units: 1 })),
  { optimizer: sgd({ learningRate: 1 }), loss: meanSquaredError() },
);
const session = await open(flat);
const four = dataset({
  inputs: { image: array(new Float32Array(8), [2, 4]) },
  target: array(new Float32Array(2), [2, 1]),
});
await session.fitBatches(four.shuffle(2).batch(2), { validationBatches: four.batch(2) });
for await (const batch of four.batch(2)) await session.trainStep(batch);
await session.evaluateBatches(four.batch(2, { dropRemainder: true }));
for await (const out of session.predictBatches(four.map(({ inputs }) => inputs).batch(2))) {
  expectType<NdArray<[number, 1], "float32">>(out);
}
const { inputs, target } = await four.collect();
await session.fit(inputs, target);

// Rows of files have the types that a schema says.
const houses = csvDataset("houses.csv", {
  columns: {
    area: "number",
    rooms: { type: "integer", missing: 3 },
    note: "text",
    isNew: "boolean",
    kind: { categories: ["flat", "house"] },
    heating: { categories: ["gas", "oil", "wood"], oneHot: true },
    sold: (text) => new Date(text),
  },
});
const [house] = await houses.toArray();
expectType<number>(house!.area);
expectType<number>(house!.rooms);
expectType<string>(house!.note);
expectType<boolean>(house!.isNew);
expectType<number>(house!.kind);
expectType<NdArray<[3], "float32">>(house!.heating);
expectType<Date>(house!.sold);
expectType<NdArray<[number, 3], "float32">>((await houses.batch(2).toArray())[0]!.heating);
expectType<Dataset<number>>(jsonlDataset("x.jsonl", (value) => Number(value)));
const sales = parquetDataset("houses.parquet", {
  columns: {
    rooms: { type: "integer", missing: 3 },
    note: "text",
    isNew: "boolean",
    heating: { categories: ["gas", "oil", "wood"], oneHot: true },
    place: { vector: 2 },
    sold: (date) => new Date(Number(date)),
    seen: { read: (time) => Number(time), missing: 0 },
  },
});
const [sale] = await sales.toArray();
expectType<number>(sale!.rooms);
expectType<string>(sale!.note);
expectType<boolean>(sale!.isNew);
expectType<NdArray<[3], "float32">>(sale!.heating);
expectType<NdArray<[2], "float32">>(sale!.place);
expectType<Date>(sale!.sold);
expectType<number>(sale!.seen);
expectType<NdArray<[number, 2], "float32">>((await sales.batch(2).toArray())[0]!.place);
const reviews = arrowDataset("reviews.arrow", {
  columns: { embedding: { vector: 384 }, kind: { categories: ["a", "b"], oneHot: true }, stars: "integer" },
});
const [review] = await reviews.toArray();
expectType<NdArray<[384], "float32">>(review!.embedding);
expectType<NdArray<[2], "float32">>(review!.kind);
expectType<number>(review!.stars);
// Images have the size and the channels that are asked for, and labels the form.
type Image<S extends number[]> = NdArray<S, "uint8">;
const flowers = await imageFolder("flowers", { imageSize: [64, 48] });
expectType<ImageFolder<{ readonly inputs: { readonly image: Image<[64, 48, 3]> }; readonly target: number }>>(flowers);
expectType<readonly string[]>(flowers.classNames);
const [trained, held] = await imageFolder("flowers", {
  colorMode: "grayscale",
  labelMode: "categorical",
  classNames: ["rose", "tulip"],
  validationSplit: 0.2,
  subset: "both",
});
const [batch] = await trained.batch(8).toArray();
expectType<Image<[number, number, number, 1]>>(batch!.inputs.image);
expectType<NdArray<[number, 2], "float32">>(batch!.target);
expectType<typeof trained>(held);
expectType<ImageFolder<{ readonly image: Image<[64, 64, 4]> }>>(
  await imageFolder("flowers", { imageSize: [64, 64], colorMode: "rgba", labelMode: null }),
);
// A folder of images is a dataset like any other, for `zip` and for functions that take any.
const masks = await imageFolder("masks", { imageSize: [64, 48], colorMode: "grayscale", labelMode: null });
const pairs = zip({ inputs: masks, target: masks });
expectType<NdArray<[number, 64, 48, 1], "uint8">>((await pairs.batch(8).toArray())[0]!.target.image);
const any: Dataset<unknown> = flowers;
expectType<Dataset<unknown>>(any.batch(2));
const two = await imageFolder("flowers", { imageSize: [1, 4], colorMode: "grayscale", labelMode: "binary" });
expectType<NdArray<[1], "float32">>((await two.toArray())[0]!.target);
const looker = await open(
  compile(
    model({ image: input(["batch", 64, 48, 3], "uint8") }, ({ image }) =>
      sequential(image, rescaling({ scale: 1 / 255 }), flatten(), dense({ units: 5 })),
    ),
    { optimizer: sgd(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) },
  ),
);
await looker.fitBatches(flowers.batch(32).prefetch(2), { validationBatches: flowers.batch(32) });
// What the types do not know of a file, is checked when it is fed.
await session.evaluate({ image: await readNpy("x.npy") }, await readNpy("y.npy"));
await session.fitBatches(zip({ inputs: zip({ image: npyDataset("x.npy") }), target: npyDataset("y.npy") }).batch(32));
