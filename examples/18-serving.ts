/**
 * A model as a service: digits are learnt, the model is saved in one file, `shapewright serve` answers for it over HTTP, and a client that
 * knows nothing of Shapewright asks it, many times at once.
 *
 *     npm run example -- examples/18-serving.ts             in full
 *     npm run example -- examples/18-serving.ts --quick     a few images
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { accuracy, adam, compile, dense, input, model, relu, sparseCategoricalCrossentropy } from "shapewright";
import { open } from "shapewright/runtime";
import { loadMnist } from "./data/mnist.js";
import { exampleOptions, isMain } from "./options.js";

const digits = model({ image: input(["batch", 784]) }, ({ image }) =>
  dense(dense(image, { units: 128, activation: relu }), { units: 10 }),
);

export const program = compile(digits, {
  optimizer: adam({ learningRate: 2e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

/** Starts `shapewright serve FILE` on a port that is free. In a project of your own, it is started by whoever runs services. */
async function served(file: string, options: readonly string[]) {
  const command = fileURLToPath(new URL("../runtime/cli/main.ts", import.meta.url));
  const words = [...process.execArgv, command, "serve", file, "--port", "0", ...options];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (part: Buffer) => {
      text += part;
      if (text.includes("\n")) resolve(text.trim());
    });
    child.once("exit", (code) => reject(new Error(`shapewright serve ended with ${code}`)));
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { address: /http\S+/.exec(line)![0], line, stop };
}

/** What a client in any language does. */
async function ask(address: string, instances: readonly (readonly number[])[]): Promise<number[][]> {
  const answer = await fetch(address, { method: "POST", body: JSON.stringify({ instances }) });
  const body = (await answer.json()) as { predictions: number[][] } | { error: string };
  if ("error" in body) throw new Error(body.error);
  return body.predictions;
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const { train, test } = loadMnist(quick ? { limit: 3000, testLimit: 500 } : { testLimit: 2000 });
  const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  const file = join(folder, "digits.shapewright");
  const session = await open(program, { backend });
  await session.fit({ image: train.images }, train.labels, { epochs: quick ? 5 : 3, batchSize: 64 });
  const { accuracy: known } = await session.evaluate({ image: test.images }, test.labels);
  await session.saveModel(file, { metadata: { name: "digits", version: 1 } });
  const name = session.backend;
  session.dispose();

  const { address, line, stop } = await served(file, ["--backend", name, "--max-batch", "64"]);
  console.log(line);
  try {
    const rows = Array.from(test.labels, (_, i) => [...test.images.data.subarray(i * 784, (i + 1) * 784)]);
    // A request for each image, 50 of them under way at a time.
    let right = 0;
    for (let begin = 0; begin < rows.length; begin += 50) {
      const answers = await Promise.all(rows.slice(begin, begin + 50).map((row) => ask(address, [row])));
      right += answers.filter(([logits], i) => logits!.indexOf(Math.max(...logits!)) === test.labels[begin + i]).length;
    }
    const refused = await ask(address, [[1, 2, 3]]).catch((error: Error) => error.message);
    console.log(`Right on ${((100 * right) / rows.length).toFixed(2)} % of ${rows.length} images, asked one by one`);
    console.log(`Asked for three pixels, it says: ${refused}`);
    const metrics = await (await fetch(new URL("/metrics", address))).text();
    const batches = Number(/^shapewright_batch_samples_count (\d+)/m.exec(metrics)![1]);
    console.log(`${rows.length} requests went through the model in ${batches} batches`);
    const code = await stop();
    const figures = { backend: name, known, right: right / rows.length, requests: rows.length, batches, refused, code };
    if (json) console.log(JSON.stringify(figures));
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
}
