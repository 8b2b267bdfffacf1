import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csvDataset, jsonlDataset, npyDataset, readIdx, readNpy, readNpz, zip } from "../../runtime/datasets/index.js";
import { optional } from "../../runtime/host/optional.js";
import { array } from "../../src/ir/array.js";

/** As an untyped program may write it. */
const untyped = (value: unknown) => value as never;
const fixtures = fileURLToPath(new URL("../fixtures/data/", import.meta.url));
const values: Record<string, { shape: number[]; values: number[] }> = JSON.parse(
  readFileSync(join(fixtures, "values.json"), "utf8"),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a file with this in it. */
function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** How many of a folder's files this process has open. */
const openFiles = () => {
  const own = readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [fd, readFileSync(`/proc/self/fdinfo/${fd}`, "utf8")].slice(0, 1);
    } catch {
      return [];
    }
  });
  return own.length;
};

describe("NumPy's files", () => {
  test.each(Object.keys(values))("%s.npy is what NumPy reads", async (name) => {
    const { data, shape, dtype } = await readNpy(join(fixtures, `${name}.npy`));
    expect(shape).toEqual(values[name]!.shape);
    expect(dtype).toBe(name === "b1" ? "bool" : /^[iu]/.test(name) ? "int32" : "float32");
    const wanted = Float64Array.from(values[name]!.values, name === "f2" ? Math.fround : Number);
    expect([...data]).toEqual([...wanted]);
  });

  test.each(["plain", "compressed", "long"])("%s.npz has arrays by their names", async (name) => {
    const { x, y, ...others } = await readNpz(join(fixtures, `${name}.npz`));
    expect(x).toEqual(await readNpy(join(fixtures, "f4.npy")));
    expect(y).toEqual(await readNpy(join(fixtures, "i8.npy")));
    expect(others).toEqual({});
  });

  test.each(["plain", "long"])("no flipped bit of %s.npz gives other arrays", async (name) => {
    const bytes = readFileSync(join(fixtures, `${name}.npz`));
    const path = join(folder, "flipped.npz");
    const whole = await readNpz(join(fixtures, `${name}.npz`));
    const told = new Set<string>();
    for (let i = 0; i < bytes.length; i++) {
      const flipped = Uint8Array.from(bytes);
      flipped[i]! ^= 1;
      writeFileSync(path, flipped);
      try {
        expect(await readNpz(path)).toEqual(whole);
      } catch (error) {
        expect(error).toMatchObject({ code: "SW_FILE" });
        told.add((error as Error).message.replace(`readNpz: ${path} cannot be read: `, ""));
      }
    }
    for (const array of ["x", "y"]) {
      expect(told).toContain(`"${array}": its bytes are not those that were written (CRC-32)`);
    }
  });

  test("rows come one by one, and the file is closed", async () => {
    const rows = npyDataset(join(fixtures, "f4.npy"));
    const { data } = await readNpy(join(fixtures, "f4.npy"));
    const batches = zip({ x: rows, y: npyDataset(join(fixtures, "i4.npy")) }).batch(2);
    const [first] = await batches.toArray();
    expect(first!.x).toEqual(array(data as Float32Array, [2, 3, 4]));
    expect(first!.y.shape).toEqual([2, 5]);
    const before = openFiles();
    for (let i = 0; i < 20; i++) expect(await rows.take(1).toArray()).toHaveLength(1);
    expect(openFiles()).toBe(before);
  });

  test("other files are refused by what is wrong with them", async () => {
    const f4 = readFileSync(join(fixtures, "f4.npy"));
    const short = written("short.npy", f4.subarray(0, 200));
    const header = written("header.npy", f4.subarray(0, 40));
    const text = written("text.npy", "a,b\n1,2\n");
    const broken = written(
      "broken.npy",
      Buffer.from(f4.toString("latin1").replace("fortran_order", "fortran_ordre"), "latin1"),
    );
    const readable = "there are f4, f8, f2, i1, i2, i4, i8, u1, u2, b1";
    const refusals: readonly (readonly [string, string])[] = [
      [join(folder, "none.npy"), "ENOENT: no such file or directory"],
      [text, "it is no npy file"],
      [header, "it ends within its header"],
      [short, "72 bytes follow its header, but [2, 3, 4] takes 96"],
      [broken, "its header is broken"],
      [join(fixtures, "complex.npy"), `its numbers are of type <c16, which is not read; ${readable}`],
      [join(fixtures, "text.npy"), `its numbers are of type <U2, which is not read; ${readable}`],
      [join(fixtures, "dates.npy"), `its numbers are of type <M8[D], which is not read; ${readable}`],
      [join(fixtures, "records.npy"), `its numbers are of several types, which is not read; ${readable}`],
      [join(fixtures, "longs.npy"), "it has numbers that int32 does not hold"],
    ];
    for (const [path, fault] of refusals) {
      await expect(readNpy(path)).rejects.toMatchObject({
        code: "SW_FILE",
        message: `readNpy: ${path} cannot be read: ${fault}`,
      });
    }
    const streamed: readonly (readonly [string, string])[] = [
      [short, "72 bytes follow its header, but [2, 3, 4] takes 96"],
      [join(fixtures, "vector.npy"), "its shape is [7], which has no rows that are arrays; readNpy reads it"],
      [
        join(fixtures, "fortran.npy"),
        "it stands column by column, and has no rows to be read one by one; readNpy reads it",
      ],
    ];
    for (const [path, fault] of streamed) {
      await expect(npyDataset(path).toArray()).rejects.toThrow(`npyDataset: ${path} cannot be read: ${fault}`);
    }
    const zipped = written("short.npz", readFileSync(join(fixtures, "compressed.npz")).subarray(0, 300));
    await expect(readNpz(zipped)).rejects.toThrow(
      `readNpz: ${zipped} cannot be read: it is no npz file: it has no directory, or was cut off`,
    );
    await expect(readNpy(untyped(7))).rejects.toMatchObject({ code: "SW_FILE" });
  });
});

test("IDX files, packed or not", async () => {
  const bytes = array(
    Int32Array.from({ length: 24 }, (_, i) => i),
    [2, 3, 4],
  );
  expect(await readIdx(join(fixtures, "bytes.idx"))).toEqual(bytes);
  expect(await readIdx(join(fixtures, "bytes.idx.gz"))).toEqual(bytes);
  expect(await readIdx(join(fixtures, "floats.idx"))).toEqual(array(Float32Array.of(0.5, -1, 2), [3]));
  const idx = readFileSync(join(fixtures, "bytes.idx"));
  const short = written("short.idx", idx.subarray(0, 30));
  await expect(readIdx(short)).rejects.toThrow(
    `readIdx: ${short} cannot be read: 14 bytes follow its header, but [2, 3, 4] takes 24`,
  );
  await expect(readIdx(join(fixtures, "f4.npy"))).rejects.toThrow("cannot be read: it is no IDX file");
  const packed = written("short.idx.gz", readFileSync(join(fixtures, "bytes.idx.gz")).subarray(0, 20));
  await expect(readIdx(packed)).rejects.toThrow(`readIdx: ${packed} cannot be read: `);
  const gz = readFileSync(join(fixtures, "bytes.idx.gz"));
  gz[gz.length - 12]! ^= 1;
  const flipped = written("flipped.idx.gz", gz);
  await expect(readIdx(flipped)).rejects.toThrow(`readIdx: ${flipped} cannot be read: `);
  const crc = readFileSync(join(fixtures, "bytes.idx.gz"));
  crc[crc.length - 8]! ^= 1;
  await expect(readIdx(written("crc.idx.gz", crc))).rejects.toThrow(
    "crc.idx.gz cannot be read: its bytes are not those that were written (CRC-32)",
  );
});

describe("CSV", () => {
  const columns = {
    area: "number",
    note: "text",
    kind: { categories: ["house", "flat"] },
    sold: (text: string) => Date.parse(text) / 86_400_000,
    rooms: { type: "integer", missing: -1 },
    new: "boolean",
  } as const;
  const wanted = [
    { area: 52.5, note: 'says "hello", twice', kind: 1, sold: 19724, rooms: 3, new: true },
    { area: 100, note: "two\nlines", kind: 0, sold: 10, rooms: -1, new: false },
    { area: -0.25, note: "ünïcödé €", kind: 1, sold: 11016, rooms: -1, new: true },
  ];

  test.each(["unix.csv", "windows.csv"])(
    "%s: what Python writes is read by the schema, in every epoch",
    async (name) => {
      const rows = csvDataset(join(fixtures, name), { columns });
      expect(await rows.toArray()).toEqual(wanted);
      expect(await rows.repeat(2).toArray()).toEqual([...wanted, ...wanted]);
      const before = openFiles();
      expect(await rows.take(1).toArray()).toEqual(wanted.slice(0, 1));
      expect(openFiles()).toBe(before);
    },
  );

  test("one-hot categories, and one for what is none of them", async () => {
    const path = written("kinds.csv", "kind;x\na;1\n;2\nz;3\n");
    const kind = { categories: ["a", "b", "other"], oneHot: true, missing: "other" } as const;
    const rows = await csvDataset(path, { columns: { kind }, delimiter: ";" }).batch(3).toArray();
    expect(rows).toEqual([{ kind: array(Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 1), [3, 3]) }]);
  });

  test("without names in the first line, columns are those of the schema in its order", async () => {
    const path = written("plain.csv", "1,2\n\n3,4\n");
    expect(await csvDataset(path, { columns: { a: "number", b: "integer" }, header: false }).toArray()).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]);
    await expect(csvDataset(path, { columns: { a: "number" }, header: false }).toArray()).rejects.toThrow(
      `${path}: line 1 has 2 fields, not 1`,
    );
  });

  test("a file of many parts, with fields over their bounds", async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i},"${"long ".repeat(16)}\n${i}"`);
    const path = written("long.csv", `n,text\n${lines.join("\n")}`);
    let next = 0;
    for await (const { n, text } of csvDataset(path, { columns: { n: "integer", text: "text" } })) {
      if (n !== next || !text.endsWith(`\n${n}`)) throw new Error(`row ${next} is ${n}: ${text}`);
      next++;
    }
    expect(next).toBe(20_000);
  });

  test("what is wrong is named with the line and the column", async () => {
    const faults: readonly (readonly [string, string])[] = [
      ["a,b\n1,2\n1,2,3\n", "line 3 has 3 fields, not 2"],
      ["a,b\n1\n", "line 2 has 1 fields, not 2"],
      ["a,b\n1,x\n", 'line 2, column "b": "x" is no number'],
      ['a,b\n1,"two\nlines"\n', 'line 3, column "b": "two\\nlines" is no number'],
      ["a,b\n1,\n", 'line 2, column "b": there is no value; say what stands for it: { type: "number", missing: … }'],
      ["a,b\n1,NA\n", 'line 2, column "b": there is no value; say what stands for it: { type: "number", missing: … }'],
      [
        "a,b\n1,2024-05-01\n",
        'line 2, column "b": "2024-05-01" is a date; say what number it is by a function: (text) => Date.parse(text) / 86400000',
      ],
      ["a,b\n1,-1e400\n", 'line 2, column "b": "-1e400" is larger than a number can be'],
      ['a,b\n1,"2\n3,4\n', "line 2: a quote is opened in this row, and never closed"],
      ["a,c\n1,2\n", 'line 1: there is no column "b"; there are "a", "c"'],
      ["a,b,b\n1,2,3\n", 'line 1: there are several columns "b"'],
      ["", "there is no line with the columns' names"],
    ];
    for (const [i, [content, fault]] of faults.entries()) {
      const path = written(`fault${i}.csv`, content);
      const read = csvDataset(path, { columns: { a: "number", b: "number" } }).toArray();
      await expect(read).rejects.toMatchObject({
        code: "SW_DATA",
        op: "csvDataset",
        message: `csvDataset: ${path}: ${fault}`,
      });
    }
    const latin = written("latin.csv", Buffer.from("a,b\n1,caf\xe9\n", "latin1"));
    for (const [bytes, file] of [
      [undefined, latin],
      [Buffer.from("a,b\n1,\xc3", "latin1"), join(folder, "cut.csv")],
    ] as const) {
      if (bytes) writeFileSync(file, bytes);
      await expect(csvDataset(file, { columns: { b: "text" } }).toArray()).rejects.toMatchObject({
        code: "SW_FILE",
        message: `csvDataset: ${file} cannot be read: it is not UTF-8; save it as that`,
      });
    }
    expect(() => csvDataset(latin, { columns: JSON.parse('{"__proto__":"text"}') })).toThrow(
      'csvDataset: no row has a column "__proto__": JavaScript keeps that name for itself',
    );
    const path = written("more.csv", "a\nmaybe\n");
    const one = (a: unknown) => csvDataset(path, { columns: { a } } as never).toArray();
    await expect(one("boolean")).rejects.toThrow(
      `${path}: line 2, column "a": "maybe" is neither true nor false, nor 1 or 0`,
    );
    await expect(one({ categories: ["yes", "no"] })).rejects.toThrow(
      'line 2, column "a": "maybe" is none of the categories yes, no',
    );
    await expect(one((text: string) => Date.parse(text))).rejects.toThrow(
      'line 2, column "a": the function makes NaN of "maybe"',
    );
    await expect(one(async (text: string) => text.length)).rejects.toThrow('the function makes a Promise of "maybe"');
    await expect(
      one(() => {
        throw new RangeError("not today");
      }),
    ).rejects.toThrow('line 2, column "a": not today');
    await expect(csvDataset(written("half.csv", "a\n1.5\n"), { columns: { a: "integer" } }).toArray()).rejects.toThrow(
      'line 2, column "a": "1.5" is no whole number',
    );
    await expect(csvDataset(written("open.csv", 'a\n1\n"2\n'), { columns: { a: "number" } }).toArray()).rejects.toThrow(
      "open.csv: line 3: a quote is opened in this row, and never closed",
    );
    const none = join(folder, "none.csv");
    await expect(csvDataset(none, { columns: { a: "number" } }).toArray()).rejects.toThrow(
      `csvDataset: ${none} cannot be read: ENOENT: no such file or directory`,
    );
  });

  test("schemas and options that are none are refused at once", () => {
    const column = '"number", "integer", "boolean", "text", { type, missing }, { categories } or a function';
    const takes = `a record of columns, each ${column}`;
    const calls: readonly (readonly [unknown, string])[] = [
      [{}, `csvDataset: columns is undefined, but must be ${takes}`],
      [{ columns: {} }, `csvDataset: columns is an object, but must be ${takes}`],
      [{ columns: { a: "text", b: "float" } }, `csvDataset: columns["b"] is "float", but must be ${column}`],
      [
        { columns: { a: "number" }, sep: ";" },
        'csvDataset: no option is named "sep"; there are columns, header, delimiter, missingValues',
      ],
      [
        { columns: { a: { categories: ["x", "x"] } } },
        'csvDataset: column "a": categories is ["x", "x"], but must be a list of different texts',
      ],
      [
        { columns: { a: { categories: ["x"], missing: "y" } } },
        'csvDataset: column "a": missing is "y", but must be one of the categories',
      ],
    ];
    for (const [options, message] of calls) expect(() => csvDataset("x.csv", untyped(options))).toThrow(message);
  });
});

test("a package that is missing is named with what installs it", async () => {
  const message =
    "readNpz: the package no-such-unpacker is not there, which reads such files; npm install no-such-unpacker";
  await expect(optional("readNpz", "no-such-unpacker", "reads such files")).rejects.toMatchObject({
    code: "SW_FILE",
    message,
  });
});

test("JSON lines, with CRLF and empty lines, checked by a function", async () => {
  const path = written("lines.jsonl", '{"stars":3}\r\n\n{"stars":5,"text":"größer"}');
  const stars = (value: unknown) => {
    if (typeof value === "object" && value !== null && "stars" in value) return Number(value.stars);
    throw new Error("there are no stars");
  };
  expect(await jsonlDataset(path, stars).toArray()).toEqual([3, 5]);
  const wrong = written("wrong.jsonl", '{"stars":3}\n\n{"star":4}\n');
  await expect(jsonlDataset(wrong, stars).toArray()).rejects.toThrow(
    `jsonlDataset: ${wrong}: line 3: there are no stars`,
  );
  const torn = written("torn.jsonl", '{"stars":3}\n{"sta');
  await expect(jsonlDataset(torn, stars).toArray()).rejects.toThrow(`jsonlDataset: ${torn}: line 2: `);
});
