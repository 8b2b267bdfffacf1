import { test } from "vitest";
import {
  type Broadcast,
  broadcast,
  type CheckBroadcast,
  type CheckBroadcastTo,
  checkBroadcast,
  checkBroadcastTo,
} from "../../src/types/broadcast.js";
import type { Shape } from "../../src/types/dim.js";
import { type Equal, holds, rule } from "./equal.js";

test("shapes that broadcast", () => {
  rule<Broadcast<["batch", 512], ["batch", 512]>>().gives(["batch", 512], broadcast(["batch", 512], ["batch", 512]));
  rule<Broadcast<["batch", 512], [512]>>().gives(["batch", 512], broadcast(["batch", 512], [512]));
  rule<Broadcast<[512], ["batch", 512]>>().gives(["batch", 512], broadcast([512], ["batch", 512]));
  rule<Broadcast<["batch", 512], []>>().gives(["batch", 512], broadcast(["batch", 512], []));
  rule<Broadcast<[], ["batch", 512]>>().gives(["batch", 512], broadcast([], ["batch", 512]));
  rule<Broadcast<["batch", 1, 3], [28, 1]>>().gives(["batch", 28, 3], broadcast(["batch", 1, 3], [28, 1]));
  rule<Broadcast<[1], [1, 1]>>().gives([1, 1], broadcast([1], [1, 1]));
  rule<CheckBroadcast<"add", ["batch", 512], [512]>>().passes(checkBroadcast("add", ["batch", 512], [512]));
  rule<CheckBroadcast<"add", [], ["batch"]>>().passes(checkBroadcast("add", [], ["batch"]));
  rule<CheckBroadcast<"add", ["batch", 1], [1, "time"]>>().passes(checkBroadcast("add", ["batch", 1], [1, "time"]));
});

test("shapes that do not", () => {
  rule<CheckBroadcast<"add", ["batch", 512], ["batch", 10]>>().says(
    "add: [batch, 512] and [batch, 10] do not broadcast: axis 1 is 512 and 10",
    checkBroadcast("add", ["batch", 512], ["batch", 10]),
  );
  rule<CheckBroadcast<"mul", ["batch", "time", 3], [4, 3]>>().says(
    "mul: [batch, time, 3] and [4, 3] do not broadcast: axis 1 is time and 4",
    checkBroadcast("mul", ["batch", "time", 3], [4, 3]),
  );
  rule<CheckBroadcast<"mul", [4, 3], ["batch", "time", 3]>>().says(
    "mul: [4, 3] and [batch, time, 3] do not broadcast: axis 1 is 4 and time",
    checkBroadcast("mul", [4, 3], ["batch", "time", 3]),
  );
  rule<CheckBroadcast<"add", ["a"], ["b"]>>().says(
    "add: [a] and [b] do not broadcast: axis 0 is a and b",
    checkBroadcast("add", ["a"], ["b"]),
  );
  rule<CheckBroadcast<"add", [2], [3]>>().says(
    "add: [2] and [3] do not broadcast: axis 0 is 2 and 3",
    checkBroadcast("add", [2], [3]),
  );
});

test("after a mistake the sizes in question are unknown, and nothing complains again", () => {
  type Wrong = Broadcast<["batch", 512], ["batch", 10]>;
  holds<Equal<Wrong, ["batch", number]>>();
  holds<Equal<CheckBroadcast<"add", Wrong, ["batch", 10]>, unknown>>();
});

test("unknown sizes and ranks widen the result", () => {
  holds<Equal<Broadcast<[number], [5]>, [5]>>();
  holds<Equal<Broadcast<[5], [number]>, [5]>>();
  holds<Equal<Broadcast<[number], [1]>, [number]>>();
  holds<Equal<Broadcast<[1], [number]>, [number]>>();
  holds<Equal<Broadcast<[number], ["batch"]>, [number]>>();
  holds<Equal<Broadcast<[number], [string]>, [number]>>();
  holds<Equal<Broadcast<[64 | 128], ["batch"]>, [number]>>();
  holds<Equal<Broadcast<any, [5]>, any>>();
  holds<Equal<Broadcast<[5], any>, any>>();
  holds<Equal<Broadcast<[5], Shape>, any>>();
  holds<Equal<Broadcast<number[], [5]>, any>>();
  holds<Equal<CheckBroadcast<"add", [number, 3], [4, 3]>, unknown>>();
  holds<Equal<CheckBroadcast<"add", [64 | 128], [4]>, unknown>>();
  holds<Equal<CheckBroadcast<"add", any, [4]>, unknown>>();
  holds<Equal<CheckBroadcast<"add", [4], Shape>, unknown>>();
  holds<Equal<CheckBroadcast<"add", number[], number[]>, unknown>>();
  holds<
    Equal<CheckBroadcast<"add", [number, 3], [4, 5]>, "add: [?, 3] and [4, 5] do not broadcast: axis 1 is 3 and 5">
  >();
});

test("broadcasting to one shape", () => {
  rule<CheckBroadcastTo<"broadcastTo", [3], ["batch", 3]>>().passes(checkBroadcastTo("broadcastTo", [3], ["batch", 3]));
  rule<CheckBroadcastTo<"broadcastTo", [], ["batch", 3]>>().passes(checkBroadcastTo("broadcastTo", [], ["batch", 3]));
  rule<CheckBroadcastTo<"broadcastTo", [1, 3], ["a", 3]>>().passes(checkBroadcastTo("broadcastTo", [1, 3], ["a", 3]));
  rule<CheckBroadcastTo<"broadcastTo", ["batch", 3], ["batch", 4]>>().says(
    "broadcastTo: [batch, 3] does not broadcast to [batch, 4]: axis 1 is 3, not 4",
    checkBroadcastTo("broadcastTo", ["batch", 3], ["batch", 4]),
  );
  rule<CheckBroadcastTo<"broadcastTo", [3], ["batch", 1]>>().says(
    "broadcastTo: [3] does not broadcast to [batch, 1]: axis 1 is 3, not 1",
    checkBroadcastTo("broadcastTo", [3], ["batch", 1]),
  );
  rule<CheckBroadcastTo<"broadcastTo", ["batch", 1, 3], [1, 3]>>().says(
    "broadcastTo: [batch, 1, 3] does not broadcast to [1, 3]: rank 3 is more than 2",
    checkBroadcastTo("broadcastTo", ["batch", 1, 3], [1, 3]),
  );
  holds<Equal<CheckBroadcastTo<"broadcastTo", any, [3]>, unknown>>();
  holds<Equal<CheckBroadcastTo<"broadcastTo", [number], [3]>, unknown>>();
  holds<Equal<CheckBroadcastTo<"broadcastTo", [3], number[]>, unknown>>();
});
