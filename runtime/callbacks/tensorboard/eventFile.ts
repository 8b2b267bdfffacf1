import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import type { Files } from "../../files/file-system.js";
import { attempt, filesFor } from "../../host/filesFor.js";
import { tellOnce } from "../../host/tellOnce.js";
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

/** A file of events that TensorBoard reads, in a folder of a run: made when it begins, or something is written. */
export function eventFile(op: string, folder: string) {
  let path: string | undefined;
  let resumedAt: number | undefined;
  let tell = tellOnce();
  async function append(events: readonly MessageInitShape<typeof Schema>[]): Promise<void> {
    const files = await filesFor(op, folder);
    const isNew = path === undefined || !files.exists(path);
    const own = isNew ? newPath(folder, files) : path!;
    const wallTime = Date.now() / 1000;
    try {
      const records = (isNew ? [version, ...events] : events).map((event) =>
        recordOf(toBinary(EventSchema, create(EventSchema, { wallTime, ...event }))),
      );
      attempt(op, own, "written", files, () => files.append(own, joined(records)));
      path = own;
    } catch (error) {
      // The file may end within a record, after which readers find nothing.
      path = undefined;
      if (isNew && files.exists(own)) files.remove(own);
      throw error;
    }
  }
  return {
    /** What comes is of another run, for which another file is made. */
    restart() {
      path = undefined;
      tell = tellOnce();
    },
    /**
     * Makes the file.
     *
     * @throws SW_FILE where it cannot be written: before training, nothing is lost
     */
    begin: () => append([]),
    /** What other files have of this step and later ones is to count no more. */
    resume(step: number) {
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

/** A file that is not there: what another process has left may have been cut. */
function newPath(folder: string, files: Files): string {
  const seconds = Math.floor(Date.now() / 1000);
  const name = (i: number) => `${folder}/events.out.tfevents.${seconds}.shapewright.${i}.v2`;
  let i = 0;
  while (files.exists(name(i))) i += 1;
  return name(i);
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
