import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { attempt, filesFor } from "../../host/filesFor.js";
import {
  EventSchema,
  type EventSchema as Schema,
  SessionLog_SessionStatus,
  type Summary_ValueSchema,
} from "./generated/events_pb.js";
import type { Histogram } from "./histogramOf.js";
import { recordOf } from "./recordOf.js";

/** What is written of a step: numbers, and histograms. */
export type Values = ReadonlyMap<string, number | Histogram>;

/** A file of events that TensorBoard reads, in a folder of a run: made when something is written. */
export function eventFile(op: string, folder: string) {
  let path: string | undefined;
  let resumedAt: number | undefined;
  /** A new file: what another process has left may have been cut. */
  async function begin(): Promise<string> {
    const files = await filesFor(op, folder);
    const seconds = Math.floor(Date.now() / 1000);
    const name = (i: number) => `${folder}/events.out.tfevents.${seconds}.shapewright.${i}.v2`;
    let i = 0;
    while (files.exists(name(i))) i += 1;
    return name(i);
  }
  async function append(events: readonly MessageInitShape<typeof Schema>[]): Promise<void> {
    path ??= await begin();
    const files = await filesFor(op, path);
    const wallTime = Date.now() / 1000;
    for (const event of events) {
      const bytes = toBinary(EventSchema, create(EventSchema, { wallTime, ...event }));
      attempt(op, path, "written", files, () => files.append(path!, recordOf(bytes)));
    }
  }
  return {
    /** Begins another file. */
    restart() {
      path = undefined;
    },
    /** What other files have of this step and later ones is to count no more. */
    resume(step: number) {
      resumedAt = step;
    },
    async write(step: number, values: Values): Promise<void> {
      const start = resumedAt;
      resumedAt = undefined;
      const isNew = path === undefined;
      await append([
        ...(isNew ? [{ what: { case: "fileVersion", value: "brain.Event:2" } } as const] : []),
        ...(start === undefined ? [] : [restartAt(start)]),
        { step: BigInt(step), what: { case: "summary", value: { value: [...values].map(valueOf) } } },
      ]);
    },
  };
}

function restartAt(step: number): MessageInitShape<typeof Schema> {
  return { step: BigInt(step), what: { case: "sessionLog", value: { status: SessionLog_SessionStatus.START } } };
}

function valueOf([tag, value]: readonly [string, number | Histogram]): MessageInitShape<typeof Summary_ValueSchema> {
  if (typeof value === "number") return { tag, value: { case: "simpleValue", value } };
  return { tag, value: { case: "histo", value: { ...value } } };
}
