import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import type { Files } from "../../files/file-system.js";
import { attempt, filesFor } from "../../host/filesFor.js";
import { tellOnce } from "../../host/tellOnce.js";
import { beginningOf } from "../beginningOf.js";
import {
  EventSchema,
  type EventSchema as Schema,
  SessionLog_SessionStatus,
  type Summary_ValueSchema,
} from "./generated/events_pb.js";
import type { Histogram } from "./histogramOf.js";
import type { Png } from "./pngsOf.js";
import { recordOf } from "./recordOf.js";

/** What is written of a step: numbers, histograms and images. */
export type Values = ReadonlyMap<string, number | Histogram | Png>;

/** Events that TensorBoard reads, in a folder of a run: its file is made when it begins, or something is written. One that goes on has another part. */
export function eventFile(op: string, folder: string) {
  let written = nothingOf(newRun());
  /** What it is to go on from, once it is written to again. */
  let kept: Written | undefined;
  let path: string | undefined;
  let resumedAt: number | undefined;
  let tell = tellOnce();
  async function append(events: readonly MessageInitShape<typeof Schema>[]): Promise<void> {
    const files = await filesFor(op, folder);
    if (kept) attempt(op, folder, "written", files, () => goOn(files, kept!));
    kept = undefined;
    const isNew = path === undefined || !files.exists(path);
    const own = isNew ? newPath(folder, written, files) : path!;
    const wallTime = Date.now() / 1000;
    try {
      const records = (isNew ? [version, ...events] : events).map((event) =>
        recordOf(toBinary(EventSchema, create(EventSchema, { wallTime, ...event }))),
      );
      const bytes = joined(records);
      attempt(op, own, "written", files, () => files.append(own, bytes));
      const { run, part, length } = written;
      written = { run, part: isNew ? part + 1 : part, length: (isNew ? 0 : length) + bytes.length };
      path = own;
    } catch (error) {
      // The file may end within a record, after which readers find nothing.
      path = undefined;
      if (isNew && files.exists(own)) files.remove(own);
      throw error;
    }
  }
  /** Takes back what was written after the backup of a run that was killed, and what it wrote as it was resumed before and killed again. */
  function goOn(files: Files, from: Written): void {
    const parts = partsOf(folder, from.run, files);
    // Whoever removed the file has one of the rest of the run.
    if (from.part >= 0 && !parts.has(from.part)) return;
    for (const [part, own] of parts) {
      if (part > from.part) files.remove(own);
      if (part === from.part) files.write(own, [beginningOf(files.open(own), from.length)]);
    }
    if (path !== undefined) files.remove(path);
    [written, path] = [from, undefined];
  }
  return {
    /** What comes is of another run, for which another file is made. */
    restart() {
      [written, kept, path] = [nothingOf(newRun()), undefined, undefined];
      tell = tellOnce();
    },
    /**
     * Makes the file.
     *
     * @throws SW_FILE where it cannot be written: before training, nothing is lost
     */
    begin: () => append([]),
    /** How much has been written, as a text. */
    place: () => Object.values(kept ?? written).join(),
    /**
     * Goes on from a place: what was written after it is taken away.
     *
     * @param step what a TensorBoard that has seen it knows of this step and later ones is to count no more
     */
    resume(place: unknown, step: number | undefined) {
      const [, run, part, length] = /^(\w+),(-?\d+),(\d+)$/.exec(String(place)) ?? [];
      if (run !== undefined) kept = { run, part: Number(part), length: Number(length) };
      resumedAt = step;
    },
    /** Writes the graph, a GraphDef. */
    async writeGraph(value: Uint8Array): Promise<void> {
      await append([{ what: { case: "graphDef", value } }]).catch(tell);
    },
    /** Writes what there is of a step. What cannot be written is told once. */
    async write(step: number, values: Values): Promise<void> {
      try {
        await append([
          ...(resumedAt === undefined ? [] : [restartAt(resumedAt)]),
          { step: BigInt(step), what: { case: "summary", value: { value: [...values].map(valueOf) } } },
        ]);
        resumedAt = undefined;
      } catch (error) {
        tell(error);
      }
    },
  };
}

/** One write for all: what is written after each step costs each step. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Of which run events are, how many parts are before the one that is written, -1 where there is none, and how many bytes that has. */
interface Written {
  readonly run: string;
  readonly part: number;
  readonly length: number;
}

const nothingOf = (run: string): Written => ({ run, part: -1, length: 0 });

/** What stands in the names of a run's files, so that they are known when it goes on. */
const newRun = () => Math.random().toString(36).slice(2, 10);

/** A file that is not there: what a process that was killed has left may have been cut. TensorBoard reads files in the order of their names. */
function newPath(folder: string, { run, part }: Written, files: Files): string {
  const seconds = Math.floor(Date.now() / 1000);
  const name = (i: number) => `${folder}/events.out.tfevents.${seconds}.shapewright.${run}.${i}.v2`;
  let i = part + 1;
  while (files.exists(name(i))) i += 1;
  return name(i);
}

/** The files of a run, by their numbers. */
function partsOf(folder: string, run: string, files: Files): Map<number, string> {
  const names = files.exists(folder) ? files.list(folder).map(({ name }) => name) : [];
  return new Map(
    names.flatMap((name) => {
      const [, own, part] = /\.shapewright\.(\w+)\.(\d+)\.v2$/.exec(name) ?? [];
      return own === run ? [[Number(part), `${folder}/${name}`] as const] : [];
    }),
  );
}

const version: MessageInitShape<typeof Schema> = { what: { case: "fileVersion", value: "brain.Event:2" } };

function restartAt(step: number): MessageInitShape<typeof Schema> {
  return { step: BigInt(step), what: { case: "sessionLog", value: { status: SessionLog_SessionStatus.START } } };
}

function valueOf([tag, value]: readonly [string, number | Histogram | Png]): MessageInitShape<
  typeof Summary_ValueSchema
> {
  if (typeof value === "number") return { tag, value: { case: "simpleValue", value } };
  if ("encodedImageString" in value) return { tag, value: { case: "image", value: { ...value } } };
  return { tag, value: { case: "histo", value: { ...value } } };
}
