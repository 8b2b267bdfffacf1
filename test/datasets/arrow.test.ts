import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arrowMessages } from "../../runtime/datasets/files/arrow-messages.js";
import { messagesInForce } from "../../runtime/datasets/files/messagesInForce.js";
import { openedFile } from "../../runtime/datasets/files/reading.js";
import { arrowDataset, type ColumnarSchema } from "../../runtime/datasets/index.js";

/** As an untyped program may write it. */
const untyped = (value: unknown) => value as never;
const fixtures = fileURLToPath(new URL("../fixtures/data/", import.meta.url));
/** What pyarrow reads. */
const wanted: Record<string, any>[] = JSON.parse(readFileSync(join(fixtures, "arrow.json"), "utf8"));
const path = join(fixtures, "file.arrow");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(["file.arrow", "stream.arrow", "zstd.arrow", "lz4.feather"])("%s is what pyarrow reads", async (name) => {
  const houses = arrowDataset(join(fixtures, name), {
    columns: {
      area: "number",
      small: "number",
      half: "number",
      rooms: { type: "integer", missing: -100 },
      byte: "integer",
      many: "integer",
      isNew: "boolean",
      note: "text",
      long: "text",
      view: "text",
      heating: { categories: ["oil", "gas", "none"], missing: "none" },
      place: { vector: 2 },
      counts: { vector: 2 },
      sold: (date) => Number(date) / 86_400_000,
      seen: { read: Number, missing: 0 },
    },
  });
  const vector = (numbers: number[]) => ({ shape: [2], dtype: "float32", data: new Float32Array(numbers) });
  expect(await houses.toArray()).toEqual(
    wanted.map((row) => ({
      ...row,
      rooms: row.rooms ?? -100,
      heating: ["oil", "gas", "none"].indexOf(row.heating ?? "none"),
      place: vector(row.place),
      counts: vector(row.counts),
      sold: Date.parse(row.sold) / 86_400_000,
      seen: row.seen === null ? 0 : Date.parse(row.seen),
    })),
  );
  // The next epoch has them again, over the bounds of record batches.
  const batches = await houses.batch(3).toArray();
  expect(batches.map(({ place }) => place.shape[0])).toEqual([3, 3, 3, 1]);
  expect(batches.flatMap(({ area }) => area)).toEqual(wanted.map(({ area }) => area));
});

test("of dictionaries that are replaced the present ones are kept alone, of those that grow all parts, until others take their place", async () => {
  const kept = async (name: string) => {
    const file = await openedFile("arrowDataset", join(fixtures, name));
    const inForce = messagesInForce();
    const counts: number[] = [];
    for await (const message of arrowMessages(file)) {
      if (message.kind === "rows") counts.push(inForce.bytes.length);
      else inForce.add(message);
    }
    file.close();
    return counts;
  };
  // The schema is one of them.
  expect(await kept("replaced.arrow")).toEqual([2, 2, 2]);
  expect(await kept("delta.arrow")).toEqual([2, 3, 2]);
});

test("dictionaries that grow and are replaced, blocks of LZ4 that repeat others, and a file without rows", async () => {
  for (const name of ["delta.arrow", "replaced.arrow"]) {
    const words = await arrowDataset(join(fixtures, name), { columns: { word: "text" } }).toArray();
    expect(words.map(({ word }) => word)).toEqual(["a", "b", "a", "b", "c", "z"]);
  }
  const long = await arrowDataset(join(fixtures, "long.feather"), { columns: { n: "integer" } }).toArray();
  expect(long.map(({ n }) => n)).toEqual(Array.from({ length: 20_000 }, (_, i) => (i * i) % 1000));
  expect(await arrowDataset(join(fixtures, "empty.arrow"), { columns: { area: "number" } }).toArray()).toEqual([]);
});

test("what is wrong is named with the row and the column, after what came before", async () => {
  const rejected: [ColumnarSchema, number, string][] = [
    [
      { rooms: "integer" },
      3,
      'row 3, column "rooms": there is no value; say what stands for it: { type: "integer", missing: … }',
    ],
    [{ seen: Number }, 2, 'row 2, column "seen": there is no value; say what stands for it: { read, missing: … }'],
    [{ heating: { categories: ["gas"] } }, 1, 'row 1, column "heating": "oil" is none of the categories gas'],
    [{ nan: "number" }, 1, 'row 1, column "nan": there is NaN; say what stands for it: { type: "number", missing: … }'],
    [{ note: "number" }, 0, 'row 0, column "note": "" is no number'],
    [{ raw: "text" }, 0, 'row 0, column "raw": a row of 2 bytes is no text'],
    [{ place: { vector: 3 } }, 0, 'row 0, column "place": there is a list of 2, not 3'],
    [{ ragged: { vector: 2 } }, 6, 'row 6, column "ragged": there is a list of 3, not 2'],
    [
      { huge: "integer" },
      8,
      'row 8, column "huge": 9007199254740992 is beyond ±2^53, where numbers are no longer exact; say what it is by a function',
    ],
    [
      { sold: "number" },
      0,
      'row 0, column "sold": 2024-02-28T00:00:00.000Z is a date; say what number it is by a function: (date) => Number(date) / 86400000',
    ],
    [
      { seen: { type: "number", missing: 0 } },
      0,
      'row 0, column "seen": 2024-01-01T00:30:00.250Z is a date; say what number it is by a function: ',
    ],
    [{ at: "integer" }, 0, 'column "at" is a time of day; say what number it is by a function: (time) => Number(time)'],
    [
      { took: "integer" },
      0,
      'column "took" is a span of time; say what number it is by a function: (time) => Number(time)',
    ],
    [{ aera: "number" }, 0, 'there is no column "aera"; there are "area", "seen", '],
  ];
  for (const [columns, before, message] of rejected) {
    const rows = arrowDataset(path, { columns });
    const fault = await rows.toArray().catch((error) => error);
    expect(fault).toMatchObject({ code: "SW_DATA" });
    expect(fault.message).toContain(`arrowDataset: ${path}: ${message}`);
    if (before > 0) expect(await rows.take(before).toArray()).toHaveLength(before);
  }
  const [row] = await arrowDataset(path, { columns: { at: Number, took: Number, huge: (value) => value } })
    .skip(9)
    .toArray();
  expect(row).toEqual({ at: 9 * 3_600_000, took: 9, huge: 2n ** 53n + 1n });
});

test("files that are cut, empty or others are refused", async () => {
  const reason = async (content: Uint8Array | string, column = "area") => {
    const own = join(folder, "own.arrow");
    writeFileSync(own, content);
    const fault = await arrowDataset(own, { columns: { [column]: "number" } })
      .toArray()
      .catch((error) => error);
    expect(fault).toMatchObject({ code: "SW_FILE" });
    return fault.message.replace(`arrowDataset: ${own} cannot be read: `, "");
  };
  const file = readFileSync(path);
  const stream = readFileSync(join(fixtures, "stream.arrow"));
  expect(await reason("")).toBe("it is no Arrow file");
  expect(await reason("ARROW1")).toBe("it is no Arrow file");
  expect(await reason("area,price\n1,2\n3,4\n")).toBe("it is no Arrow file");
  expect(await reason(readFileSync(join(fixtures, "none.parquet")))).toBe("it is no Arrow file");
  expect(await reason(file.subarray(0, -9))).toBe("it ends early");
  expect(await reason(stream.subarray(0, 6000))).toBe("it ends early, or is broken");
  // The second message is 176 bytes and a body of 24: one that ends where it began would be gone through for ever.
  const backwards = Buffer.from(stream);
  backwards.writeBigInt64LE(-176n, backwards.indexOf(Buffer.from([24, 0, 0, 0, 0, 0, 0, 0]), 1248));
  expect(await reason(backwards)).toBe("it ends early, or is broken");
  const packed = Buffer.from(readFileSync(join(fixtures, "long.feather")));
  const frame = packed.indexOf(Buffer.from([0x04, 0x22, 0x4d, 0x18]));
  expect(await reason(Buffer.from(packed).fill(0, frame, frame + 4), "n")).toBe("its LZ4 frames have no beginning");
  expect(await reason(Buffer.from(packed).fill(0xff, frame + 30, frame + 60), "n")).toBe("its LZ4 blocks are broken");
  const missing = arrowDataset(join(folder, "none.arrow"), { columns: { area: "number" } });
  await expect(missing.toArray()).rejects.toThrow("none.arrow cannot be read: ENOENT");
});

test("schemas that are none are refused at once", () => {
  for (const columns of [{}, 3]) {
    expect(() => arrowDataset("x.arrow", { columns: untyped(columns) })).toThrow("must be a record of columns, each ");
  }
  expect(() => arrowDataset("x.arrow", { columns: untyped({ a: "float" }) })).toThrow(
    'arrowDataset: columns["a"] is "float", but must be "number", ',
  );
  expect(() => arrowDataset(untyped(3), { columns: { a: "number" } })).toThrow("3 is not the path of a file");
});
