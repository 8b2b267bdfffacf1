// The process that is measured: takes steps of a saved program on native TensorFlow, of which the last one counts.
import { writeSync } from "node:fs";
import { ShapewrightError } from "../../src/ir/errors.js";
import { openModel } from "../loadModel.js";
import { marks } from "./marks.js";
import { standIns } from "./profileOptions.js";

/** The first steps take time for reasons of their own. */
const stepsBefore = 5;

const [, , file, sizes] = process.argv;
try {
  const { program, executable } = await openModel("profile", file!, { backend: "tensorflow" });
  const feeds = standIns(program, new Map(JSON.parse(sizes!)));
  const data = executable.upload(feeds);
  const count = Object.values(feeds)[0]!.shape[0] as number;
  data.setOrder(Int32Array.from({ length: count }, (_, i) => i));
  for (let step = 0; step < stepsBefore; step++) executable.run("train", data, 0, count, count);
  writeSync(2, `${marks.begin}\n`);
  executable.run("train", data, 0, count, count);
  writeSync(2, `${marks.end}\n`);
  executable.dispose();
} catch (error) {
  if (!(error instanceof ShapewrightError)) throw error;
  process.send!({ code: error.code, message: error.message });
  process.exitCode = 1;
}
