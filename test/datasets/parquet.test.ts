import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ColumnarSchema, parquetDataset } from "../../runtime/datasets/index.js";
import { files } from "../../runtime/files/files.js";
import { openFile } from "../../runtime/files/openFile.js";

/** As an untyped program may write it. */
const untyped = (value: unknown) => value as never;
const fixtures = fileURLToPath(new URL("../fixtures/data/", import.meta.url));
/** What pyarrow reads. */
const wanted: Record<string, any>[] = JSON.parse(readFileSync(join(fixtures, "parquet.json"), "utf8"));
const path = join(fixtures, "snappy.parquet");
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("Parquet", () => {
  test.each(["none", "snappy", "gzip", "zstd"])("of codec %s is what pyarrow reads", async (codec) => {
    const houses = parquetDataset(join(fixtures, `${codec}.parquet`), {
      columns: {
        area: "number",
        small: "number",
        rooms: { type: "integer", missing: -100 },
        byte: "integer",
        many: "integer",
        isNew: "boolean",
        note: "text",
        heating: { categories: ["oil", "gas", "none"], missing: "none" },
        place: { vector: 2 },
        sold: (date) => Number(date) / 86_400_000,
        seen: { read: Number, missing: 0 },
      },
    });
    const rows = await houses.toArray();
    expect(rows).toEqual(
      wanted.map((row) => ({
        ...row,
        rooms: row.rooms ?? -100,
        heating: ["oil", "gas", "none"].indexOf(row.heating ?? "none"),
        place: { shape: [2], dtype: "float32", data: new Float32Array(row.place) },
        sold: Date.parse(row.sold) / 86_400_000,
        seen: row.seen === null ? 0 : Date.parse(row.seen),
      })),
    );
    // The next epoch has them again, over the bounds of row groups, and vectors are put into batches.
    const batches = await houses.batch(3).toArray();
    expect(batches.map(({ place }) => place.shape)).toEqual([
      [3, 2],
      [3, 2],
      [3, 2],
      [1, 2],
    ]);
    expect(batches.flatMap(({ area }) => area)).toEqual(wanted.map(({ area }) => area));
  });

  test("one-hot categories, infinities and an empty file", async () => {
    const columns = {
      heating: { categories: ["gas", "oil"], oneHot: true, missing: "oil" },
      infinite: "number",
    } as const;
    const [row] = await parquetDataset(path, { columns }).take(1).toArray();
    expect(row).toEqual({
      heating: { shape: [2], dtype: "float32", data: new Float32Array([1, 0]) },
      infinite: Infinity,
    });
    const none = parquetDataset(join(fixtures, "empty.parquet"), { columns: { area: "number" } });
    expect(await none.toArray()).toEqual([]);
  });

  test("of a file that says where its pages are, a piece of a row group is read at a time, and hardly anything twice", async () => {
    const columns = { n: "integer", word: { type: "text", missing: "" } } as const;
    const rows = parquetDataset(join(fixtures, "indexed.parquet"), { columns });
    const bytes: number[] = [];
    const opening = vi.spyOn(files, "open").mockImplementation((path) => {
      const file = openFile(path);
      const fill: typeof file.fill = (memory, at) => {
        // What stands at the end says where the rest is.
        if (at + memory.length < file.size) bytes.push(memory.length);
        return file.fill(memory, at);
      };
      return { ...file, fill };
    });
    let [count, bytesOfFirst] = [0, 0];
    for await (const batch of rows.batch(100_000)) {
      if (count === 0) bytesOfFirst = sum(bytes);
      for (const [i, n] of batch.n.entries()) {
        if (n !== count || batch.word[i] !== (n % 300 === 0 ? "" : `word ${Math.floor(n / 100) % 700}`))
          expect.fail(`row ${count} is ${n}, ${batch.word[i]}`);
        count++;
      }
    }
    opening.mockRestore();
    expect(count).toBe(300_000);
    const { size } = statSync(join(fixtures, "indexed.parquet"));
    // The rows begin after a stretch of 2^18, and for the rest the dictionary is read once more.
    expect(bytesOfFirst).toBeLessThan(0.95 * size);
    expect(sum(bytes)).toBeLessThan(1.5 * size);
    const read = (n: unknown) => {
      if (n === 40_000n) throw new Error("mine");
      return Number(n);
    };
    const wrong = parquetDataset(join(fixtures, "indexed.parquet"), { columns: { n: read } });
    await expect(wrong.toArray()).rejects.toThrow('row 40000, column "n": mine');
  });

  test("what is wrong is named with the row and the column, after what came before", async () => {
    const rejected: [ColumnarSchema, number, string][] = [
      [
        { rooms: "integer" },
        3,
        'row 3, column "rooms": there is no value; say what stands for it: { type: "integer", missing: … }',
      ],
      [{ seen: Number }, 2, 'row 2, column "seen": there is no value; say what stands for it: { read, missing: … }'],
      [
        { heating: { categories: ["gas", "oil"] } },
        2,
        'row 2, column "heating": there is no value; say its category: { categories, missing: … }',
      ],
      [{ heating: { categories: ["gas"] } }, 1, 'row 1, column "heating": "oil" is none of the categories gas'],
      [
        { nan: "number" },
        1,
        'row 1, column "nan": there is NaN; say what stands for it: { type: "number", missing: … }',
      ],
      [{ note: "number" }, 0, 'row 0, column "note": "" is no number'],
      [{ area: "integer" }, 1, 'row 1, column "area": -0.5 is no whole number'],
      [{ area: "text" }, 0, 'row 0, column "area": -2 is no text'],
      [{ byte: "boolean" }, 0, 'row 0, column "byte": 0 is neither true nor false'],
      [{ isNew: "number" }, 0, 'row 0, column "isNew": true is no number'],
      [{ raw: "text" }, 0, 'row 0, column "raw": a row of 2 bytes is no text'],
      [{ inner: "number" }, 0, 'row 0, column "inner": an object is no number'],
      [{ place: { vector: 3 } }, 0, 'row 0, column "place": there is a list of 2, not 3'],
      [{ ragged: { vector: 2 } }, 6, 'row 6, column "ragged": there is a list of 3, not 2'],
      [{ area: { vector: 2 } }, 0, 'row 0, column "area": -2 is no list of numbers'],
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
        { at: "integer" },
        0,
        'column "at" is a time of day; say what number it is by a function: (time) => Number(time)',
      ],
      [{ aera: "number" }, 0, 'there is no column "aera"; there are "area", "seen", '],
      [
        {
          area: () => {
            throw new Error("mine");
          },
        },
        0,
        'row 0, column "area": mine',
      ],
    ];
    for (const [columns, before, message] of rejected) {
      const rows = parquetDataset(path, { columns });
      const fault = await rows.toArray().catch((error) => error);
      expect(fault).toMatchObject({ code: "SW_DATA" });
      expect(fault.message).toContain(`parquetDataset: ${path}: ${message}`);
      if (before > 0) expect(await rows.take(before).toArray()).toHaveLength(before);
    }
    const exact = await parquetDataset(path, { columns: { huge: "integer", at: (time) => Number(time) } })
      .take(8)
      .toArray();
    expect(exact.at(-1)).toEqual({ huge: 2 ** 53 - 1, at: 7 * 3_600_000 });
  });

  test("files that are cut, empty or others are refused", async () => {
    const whole = readFileSync(path);
    const reason = async (content: Uint8Array | string) => {
      const own = join(folder, "own.parquet");
      writeFileSync(own, content);
      const fault = await parquetDataset(own, { columns: { area: "number" } })
        .toArray()
        .catch((error) => error);
      expect(fault).toMatchObject({ code: "SW_FILE" });
      return fault.message.replace(`parquetDataset: ${own} cannot be read: `, "");
    };
    expect(await reason("")).toBe("it is no Parquet file");
    expect(await reason("area,price\n1,2\n3,4\n")).toBe("it is no Parquet file");
    expect(await reason(whole.subarray(0, whole.length - 9))).toBe("it ends early");
    // The footer is whole, but pages are gone.
    await reason(Buffer.concat([whole.subarray(0, 4), whole.subarray(-9000)]));
    const zeros = Buffer.from(whole);
    zeros.fill(0, 4, 2000);
    await reason(zeros);
    const missing = parquetDataset(join(folder, "none.parquet"), { columns: { area: "number" } });
    await expect(missing.toArray()).rejects.toThrow("none.parquet cannot be read: ENOENT");
  });

  test("schemas that are none are refused at once", () => {
    const column =
      '"number", "integer", "boolean", "text", { type, missing }, { categories }, { vector: size }, { read, missing } or a function';
    for (const columns of [{}, 3]) {
      expect(() => parquetDataset("x.parquet", { columns: untyped(columns) })).toThrow(
        `must be a record of columns, each ${column}`,
      );
    }
    for (const a of ["float", { vector: 0 }, { read: Number }, { type: "number" }]) {
      expect(() => parquetDataset("x.parquet", { columns: untyped({ a }) })).toThrow(
        /columns\["a"\] is (an object|"float"), but must be "number", /,
      );
    }
    expect(() => parquetDataset("x.parquet", { columns: { a: { categories: ["x", "x"] } } })).toThrow(
      "a list of different texts",
    );
    expect(() => parquetDataset(untyped(3), { columns: { a: "number" } })).toThrow("3 is not the path of a file");
  });
});
