import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  compile,
  dense,
  flatten,
  input,
  model,
  type NdArray,
  rescaling,
  sequential,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { type Dataset, imageFolder } from "../../runtime/datasets/index.js";
import { open } from "../../runtime/index.js";

/** As an untyped program may write it. */
const untyped = (value: unknown) => value as never;
const fixtures = fileURLToPath(new URL("../fixtures/images/", import.meta.url));
const kinds = join(fixtures, "kinds");
const read = (name: string) => JSON.parse(readFileSync(join(fixtures, name), "utf8"));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

let trees = 0;
/** A folder with copies of images of the fixtures, or texts, by their paths in it. */
function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = join(folder, `tree${trees++}`);
  mkdirSync(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === "string") copyFileSync(join(fixtures, content), path);
    else writeFileSync(path, content);
  }
  return root;
}

/** What is wrong, in words. */
const fault = (going: Promise<unknown>) =>
  going.then(
    () => "nothing",
    (error) => `${error.code} ${error.message}`,
  );

test("all kinds of files are decoded as Pillow decodes them", async () => {
  const wanted: Record<string, Record<string, any>> = read("decoded.json");
  expect(Object.keys(wanted).length).toBe(22);
  for (const [name, { size, ...modes }] of Object.entries(wanted)) {
    const isLossy = /\.jpe?g$|lossy/i.test(name);
    const root = tree({ [name]: `kinds/${name}` });
    for (const [mode, channels] of [
      ["grayscale", 1],
      ["rgb", 3],
      ["rgba", 4],
    ] as const) {
      const [sample, ...others] = await (await imageFolder(root, { colorMode: mode, labelMode: null })).toArray();
      expect(others).toEqual([]);
      const { shape, dtype, data } = sample!.image;
      expect([name, mode, shape, dtype]).toEqual([name, mode, [...size, channels], "uint8"]);
      const bytes = Buffer.from(modes[mode], "base64");
      const apart = Math.max(...data.map((value, i) => Math.abs(value - bytes[i]!)));
      if (apart > (isLossy ? 2 : 0)) expect.fail(`${name} as ${mode} is ${apart} apart from what Pillow reads`);
    }
  }
});

test("other sizes are TensorFlow's, rounded", async () => {
  const root = tree({ "photo.png": "photo.png" });
  const cases: { size: [number, number]; interpolation: "bilinear" | "nearest"; keeps: string; values: number[] }[] =
    read("resized.json");
  expect(cases.length).toBe(28);
  for (const { size, interpolation, keeps, values } of cases) {
    const images = await imageFolder(root, {
      labelMode: null,
      imageSize: size,
      interpolation,
      cropToAspectRatio: keeps === "crop",
      padToAspectRatio: keeps === "pad",
    });
    const [sample] = await images.toArray();
    expect(sample!.image.shape).toEqual([...size, 3]);
    const apart = Math.max(...values.map((value, i) => Math.abs(sample!.image.data[i]! - value)));
    if (apart > 0.501) expect.fail(`${JSON.stringify({ size, interpolation, keeps })} is ${apart} apart`);
  }
});

test("files and classes are those that Keras lists, in its order", async () => {
  const { names, files, labels, classNames } = read("listed.json");
  const root = tree(Object.fromEntries(names.map((name: string) => [name, "kinds/rgb.png"])));
  const images = await imageFolder(root, { shuffle: false });
  expect(images.filePaths).toEqual(files.map((name: string) => `${root}/${name}`));
  expect(images.classNames).toEqual(classNames);
  expect((await images.toArray()).map(({ target }) => target)).toEqual(labels);
  // By names in another order, and fewer of them.
  const own = await imageFolder(`${root}/`, { shuffle: false, classNames: ["b", "C"], labelMode: "categorical" });
  expect(own.filePaths.map((path) => path.slice(root.length))).toEqual([
    "/b/1.JPG",
    "/b/10.png",
    "/b/2.png",
    "/C/one.png",
  ]);
  const { target, inputs } = await own.collect();
  expect(target).toEqual({ shape: [4, 2], dtype: "float32", data: new Float32Array([1, 0, 1, 0, 1, 0, 0, 1]) });
  expect(inputs.image.shape).toEqual([4, 6, 8, 3]);
  const two = await imageFolder(root, { shuffle: false, classNames: ["C", "b"], labelMode: "binary" });
  const [batch] = await two.batch(3).toArray();
  expect(batch!.target).toEqual({ shape: [3, 1], dtype: "float32", data: new Float32Array([0, 1, 1]) });
  // Without classes, what stands beside the folders is there too, and what is hidden is not.
  const all = await imageFolder(root, { labelMode: null });
  expect(all.filePaths).toHaveLength(files.length + 1);
  expect(all.classNames).toEqual([]);
  expect(await all.collect()).toMatchObject({ image: { shape: [files.length + 1, 6, 8, 3] } });
});

test("links to files and to classes are followed, those within classes where it is wanted, and circles end", async () => {
  const other = tree({ "x.png": "kinds/rgb.png", "deep/y.png": "kinds/rgb.png" });
  const root = tree({ "a/1.png": "kinds/rgb.png" });
  symlinkSync(other, join(root, "b"));
  symlinkSync(join(other, "x.png"), join(root, "a", "2.png"));
  symlinkSync(other, join(root, "a", "more"));
  symlinkSync(root, join(other, "deep", "round"));
  const paths = async (followLinks: boolean) =>
    (await imageFolder(root, { followLinks })).filePaths.map((path) => path.slice(root.length));
  expect(await paths(false)).toEqual(["/a/1.png", "/a/2.png", "/b/x.png", "/b/deep/y.png"]);
  expect(await paths(true)).toEqual([
    "/a/1.png",
    "/a/2.png",
    "/a/more/x.png",
    "/a/more/deep/y.png",
    "/b/x.png",
    "/b/deep/y.png",
    "/b/deep/round/a/1.png",
    "/b/deep/round/a/2.png",
  ]);
});

/** A file for each number, whose one pixel has it. */
const numbered = (count: number) => {
  const bytes = (number: number) =>
    Buffer.from(`GIF89a\x01\0\x01\0\x80\0\0`, "latin1").toString("latin1") +
    String.fromCharCode(number, number, number, 0, 0, 0) +
    ",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
  return tree(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`${i % 2}/${100 + i}.gif`, Buffer.from(bytes(i), "latin1")]),
    ),
  );
};
/** The numbers of images in their order. */
const numbersIn = async (images: Dataset<{ readonly image: NdArray<any, "uint8"> }>, epoch = 0) => {
  const numbers: number[] = [];
  for await (const { image } of images.epoch(epoch)) numbers.push(image.data[0]!);
  return numbers;
};

test("orders follow from the seed and the epoch, and parts share no image", async () => {
  const root = numbered(50);
  const options = { labelMode: null, colorMode: "grayscale" } as const;
  const all = Array.from({ length: 50 }, (_, i) => i);
  const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);
  const images = await imageFolder(root, { ...options, seed: 3 });
  const first = await numbersIn(images);
  expect(first).not.toEqual([...all.filter((i) => i % 2 === 0), ...all.filter((i) => i % 2)]);
  expect(sorted(first)).toEqual(all);
  const second = await numbersIn(images, 1);
  expect(sorted(second)).toEqual(all);
  expect(second).not.toEqual(first);
  expect(await numbersIn(await imageFolder(root, { ...options, seed: 3 }), 1)).toEqual(second);
  expect(await numbersIn(await imageFolder(root, { ...options, seed: 4 }))).not.toEqual(first);
  // In batches, which are more than are decoded ahead, and when the reading ends early.
  const batches = await images.batch(20).toArray();
  expect(batches.map(({ image }) => image.shape)).toEqual([
    [20, 1, 1, 1],
    [20, 1, 1, 1],
    [10, 1, 1, 1],
  ]);
  expect(batches.flatMap(({ image }) => [...image.data])).toEqual(first);
  expect(await numbersIn(images.skip(10).take(3))).toEqual(first.slice(10, 13));
  expect(sorted(await numbersIn(images.shuffle(8)))).toEqual(all);

  const split = { ...options, validationSplit: 0.3 };
  const [training, validation] = await imageFolder(root, { ...split, subset: "both", shuffle: false });
  expect([training.filePaths.length, validation.filePaths.length]).toEqual([35, 15]);
  expect(sorted([...(await numbersIn(training)), ...(await numbersIn(validation))])).toEqual(all);
  // Drawn from all classes, though they are sorted.
  expect(new Set(validation.filePaths.map((path) => path.at(-9)))).toEqual(new Set(["0", "1"]));
  expect((await imageFolder(root, { ...split, subset: "validation" })).filePaths).toEqual(validation.filePaths);
  expect((await imageFolder(root, { ...split, subset: "training" })).filePaths).toEqual(training.filePaths);
  expect((await imageFolder(root, { ...split, subset: "training", seed: 1 })).filePaths).not.toEqual(
    training.filePaths,
  );
});

test("they train a model of bytes", async () => {
  const root = numbered(40);
  const images = await imageFolder(root, { colorMode: "grayscale", imageSize: [1, 1] });
  const program = compile(
    model({ image: input(["batch", 1, 1, 1], "uint8") }, ({ image }) =>
      sequential(image, rescaling({ scale: 1 / 255 }), flatten(), dense({ units: 2 })),
    ),
    { optimizer: sgd(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) },
  );
  using session = await open(program, { backend: "reference" });
  const { steps } = await session.fitBatches(images.batch(16), { epochs: 2, verbose: "silent" });
  expect(steps).toBe(6);
});

test("what cannot be read is named, after what came before", async () => {
  const jpeg = readFileSync(join(kinds, "rgb.jpg"));
  const png = readFileSync(join(kinds, "rgb.png"));
  const cut = tree({ "a/1.png": "kinds/rgb.png", "a/2.png": png.subarray(0, -60), "b/3.png": "kinds/rgb.png" });
  const images = await imageFolder(cut, { shuffle: false });
  // The rest is the library's reason, of which it may have none when it decodes several at once.
  expect(await fault(images.toArray())).toContain(`SW_FILE imageFolder: ${cut}/a/2.png cannot be decoded: `);
  expect(await images.take(1).toArray()).toHaveLength(1);
  const header = tree({ "1.jpg": jpeg.subarray(0, 400) });
  expect(await fault(imageFolder(header, { labelMode: null }))).toBe(
    `SW_FILE imageFolder: ${header}/1.jpg cannot be decoded: Input buffer has corrupt header: VipsJpeg: premature end of JPEG image`,
  );
  const text = tree({ "a/1.png": Buffer.from("no image") });
  expect(await fault(imageFolder(text))).toBe(
    `SW_FILE imageFolder: ${text}/a/1.png cannot be decoded: Input buffer contains unsupported image format`,
  );
  const svg = tree({ "1.png": Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>') });
  expect(await fault(imageFolder(svg, { labelMode: null }))).toBe(
    `SW_FILE imageFolder: ${svg}/1.png cannot be decoded: it is of the format svg`,
  );
  expect(await fault(imageFolder(tree({ "1.png": Buffer.alloc(0) }), { labelMode: null }))).toContain(
    "/1.png cannot be decoded: ",
  );
  const gone = tree({ "a/1.png": "kinds/rgb.png", "a/2.png": "kinds/rgb.png" });
  const listed = await imageFolder(gone, { shuffle: false });
  rmSync(join(gone, "a/2.png"));
  expect(await fault(listed.toArray())).toContain(`${gone}/a/2.png cannot be read: ENOENT`);
  const sizes = tree({ "a/1.png": "kinds/rgb.png", "a/2.jpg": "kinds/rgb.jpg" });
  expect(await fault((await imageFolder(sizes)).toArray())).toBe(
    `SW_FILE imageFolder: ${sizes}/a/2.jpg is of [16, 20], but ${sizes}/a/1.png of [6, 8]; say what size they all shall have: imageSize: [6, 8]`,
  );
});

test("folders and options that are none are refused at once", async () => {
  expect(await fault(imageFolder(join(folder, "none")))).toContain("none cannot be read: ENOENT");
  expect(await fault(imageFolder(untyped(3)))).toContain("3 is not the path of a file");
  const root = tree({ "a/1.png": "kinds/rgb.png", "b/1.png": "kinds/rgb.png", "c/x.txt": Buffer.from("") });
  const a = join(root, "a");
  const refused: [string, object, string][] = [
    [a, {}, `SW_FILE imageFolder: ${a} has no folders, one for each class; with labelMode: null, images need none`],
    [
      root,
      {},
      `SW_FILE imageFolder: ${root}/c has no images (.png, .jpg, .jpeg, .webp, .gif); name the classes, with it or without: classNames: ["a", "b", "c"]`,
    ],
    [root, { classNames: ["a", "d"] }, `SW_FILE imageFolder: ${root} has no folder "d"; there are "a", "b", "c"`],
    [
      join(root, "c"),
      { labelMode: null },
      `SW_FILE imageFolder: ${root}/c has no images (.png, .jpg, .jpeg, .webp, .gif)`,
    ],
    [
      root,
      { classNames: ["a", "b", "c"], labelMode: "binary" },
      `SW_FILE imageFolder: labelMode "binary" is of two classes, but ${root} has 3`,
    ],
    [
      root,
      { classNames: ["a", "b"], validationSplit: 0.1, subset: "both" },
      `SW_FILE imageFolder: validationSplit 0.1 of 2 images in ${root} leaves none to validate on`,
    ],
    [
      root,
      { cropToAspectRatio: true, padToAspectRatio: true },
      "SW_VALUE imageFolder: cropToAspectRatio and padToAspectRatio are two ways to do one thing; write one of them",
    ],
    [
      root,
      { interpolation: "nearest" },
      "SW_VALUE imageFolder: interpolation says how images get another size; say which: imageSize: [height, width]",
    ],
    [
      root,
      { labelMode: null, classNames: ["a"] },
      "SW_VALUE imageFolder: classNames names classes, of which there are none with labelMode: null",
    ],
    [
      root,
      { validationSplit: 0.2 },
      'SW_VALUE imageFolder: validationSplit and subset are given together: { validationSplit: 0.2, subset: "both" }',
    ],
    [root, { size: [2, 2] }, 'SW_VALUE imageFolder: no option is named "size"; '],
    [
      root,
      { imageSize: 28 },
      "SW_VALUE imageFolder: imageSize is 28, but must be [height, width], two positive integers",
    ],
    [root, { imageSize: [28, 0] }, "SW_VALUE imageFolder: imageSize is "],
    [root, { colorMode: "bgr" }, 'SW_VALUE imageFolder: colorMode is "bgr", but must be "grayscale", "rgb" or "rgba"'],
    [
      root,
      { labelMode: "none" },
      'SW_VALUE imageFolder: labelMode is "none", but must be "int", "binary" or "categorical", or null',
    ],
    [root, { classNames: ["a", "a"] }, "SW_VALUE imageFolder: classNames is "],
    [
      root,
      { interpolation: "area" },
      'SW_VALUE imageFolder: interpolation is "area", but must be "bilinear" or "nearest"',
    ],
    [
      root,
      { validationSplit: 1, subset: "both" },
      "SW_VALUE imageFolder: validationSplit is 1, but must be a number between 0 and 1",
    ],
    [
      root,
      { subset: "test" },
      'SW_VALUE imageFolder: subset is "test", but must be "training", "validation" or "both"',
    ],
  ];
  for (const [path, options, message] of refused) {
    const told = await fault(imageFolder(path, untyped(options)));
    expect(told.startsWith(message) ? message : told).toBe(message);
  }
  const bitmap = tree({ "a/1.bmp": Buffer.from("BM") });
  expect(await fault(imageFolder(bitmap))).toBe(
    `SW_FILE imageFolder: ${bitmap}/a/1.bmp cannot be read: BMP is not decoded; make it a PNG, or move it away`,
  );
  // A class that is named may be empty.
  const named = await imageFolder(root, { classNames: ["c", "a"], labelMode: "categorical" });
  expect((await named.collect()).target).toMatchObject({ shape: [1, 2], data: new Float32Array([0, 1]) });
});
