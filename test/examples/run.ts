/**
 * Runs every example in its short form, as a user does, two at a time, and checks what it prints.
 *
 *     npm run test:examples
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../tools/built.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** An example's output: all it printed, and the figures on the last line. */
interface Output {
  readonly text: string;
  readonly figures: Readonly<Record<string, unknown>>;
}

/** What must hold of each example's output. An example without an entry is an error. */
const checks: Readonly<Record<string, (output: Output) => void>> = {
  "01-plain-mathematics.ts"({ text, figures }) {
    assert.match(text, /affine\(%x, %W, %b\) activation="relu"/);
    // One of two rows counts, of six elements each has a sixth: y = 3 · 1.5 / 6, dW = [1, 2]ᵀ / 6, db = 1 / 6.
    assertClose(figures.y, 0.75);
    assertClose(figures.dW, [1 / 6, 1 / 6, 1 / 6, 2 / 6, 2 / 6, 2 / 6]);
    assertClose(figures.db, [1 / 6, 1 / 6, 1 / 6]);
    // v = -1, 0.5, 2: 3v² and 6v.
    assertClose(figures.slope, [3, 0.75, 12]);
    assertClose(figures.curvature, [-6, 3, 12]);
    assertClose(figures.w, [2, -3], 1e-3);
    assertClose(figures.c, 0.5, 1e-3);
  },
  "02-mnist.ts": ({ text, figures }) => {
    assertTrained(figures, 0.8);
    assert.match(text, /Right on \d+\.\d\d % of 1000 images/);
  },
  "03-mnist-convnet.ts": ({ text, figures }) => {
    assertTrained(figures, 0.7);
    assert.match(text, /Right on \d+\.\d\d % of 1000 images/);
  },
  "04-derivatives-and-tapes.ts"({ text, figures }) {
    // Rosenbrock's Hessian at (1, 1) is [[802, -400], [-400, 200]].
    assertClose(figures.slope, [0, 0], 1e-3);
    assertClose(figures.hessian, [802, -400, -400, 200], 1e-2);
    assertClose(figures.product, [2, 0], 1e-2);
    assertClose(figures.along, [2, 0], 1e-2);
    // diag(p) - p pᵀ for p = 1/8, 2/8, 5/8, in 64ths.
    assertClose(figures.p, [1 / 8, 2 / 8, 5 / 8]);
    const jacobian = [7, -2, -5, -2, 12, -10, -5, -10, 15].map((part) => part / 64);
    assertClose(figures.jacobian, jacobian);
    assert.match(text, /by the ops' rules {3}0.6, 0.8, NaN, NaN/);
    assertClose(figures.safe, [3 / 5, 4 / 5, 0, 0]);
    assertClose(figures.w, [2, -3], 1e-3);
    assertClose(figures.c, 0.5, 1e-3);
    // v⁸, 8v⁷ and 56v⁶ at v = 3.
    assertClose([figures.y, figures.dy, figures.ddy], [3 ** 8, 8 * 3 ** 7, 56 * 3 ** 6], 1e-1);
    assertBetween("penaltyBefore", figures.penaltyBefore, 0.3, 2);
    assertBetween("penaltyAfter", figures.penaltyAfter, 0, 0.05);
  },
  "05-recurrent.ts"({ text, figures }) {
    assert.match(text, /Mean squared error: \d\.\d{4} before, 0\.0\d{3} after 12 epochs/);
    assertBetween("before", figures.before, 0.5, 3);
    assertBetween("after", figures.after, 0, 0.01);
  },
  "06-two-outputs.ts": ({ figures }) => {
    assertBetween("area", figures.area, 0.95, 1);
    assertBetween("right", figures.right, 0.8, 1);
    assertBetween("error", figures.error, 0, 0.06);
  },
  "07-sorting.ts": ({ text, figures }) => {
    assert.match(text, /is sorted to/);
    assertBetween("right", figures.right, 0.98, 1);
  },
  "08-series.ts": ({ text, figures }) => {
    assert.match(text, /as it is now +0\.\d{4}\n +LSTM +0\.\d{4}/);
    assertBetween("naive", figures.naive, 0.15, 0.25);
    assertBetween("lstm", figures.lstm, 0, 0.06);
  },
  "09-language-model.ts": ({ text, figures }) => {
    assertBetween("bigram", figures.bigram, 2.4, 2.5);
    // Told by more than the letter before: of a passage of 96 letters that it has not read.
    assertBetween("loss", figures.loss, 1.5, (figures.bigram as number) - 0.1);
    assert.match(text, /\nR.{96}\n\nJ.{96}\n/s);
  },
  "10-autoencoder.ts": ({ figures }) => {
    assertBetween("meanError", figures.meanError, 0.06, 0.07);
    assertBetween("error", figures.error, 0, 0.6 * (figures.meanError as number));
  },
  "11-siamese.ts": ({ figures }) => {
    assertBetween("byPixels", figures.byPixels, 0.6, 0.7);
    assertBetween("right", figures.right, 0.82, 1);
  },
  "12-video.ts": ({ figures }) => {
    assertBetween("right", figures.right, 0.95, 1);
    // A frame alone tells nothing: four directions, each as likely.
    assertBetween("still", figures.still, 0.15, 0.35);
  },
  "13-saliency.ts": ({ figures }) => {
    assertBetween("right", figures.right, 0.88, 1);
    assertBetween("withoutOthers", figures.withoutOthers, 0.85, 1);
    assertBetween("withoutSalient", figures.withoutSalient, 0, 0.75);
  },
  "14-houses.ts": ({ text, figures }) => {
    assert.match(text, /so much a square metre +17\d{4}\n +learnt +\d{5}/);
    assertBetween("naive", figures.naive, 1.7, 1.85);
    assertBetween("learnt", figures.learnt, 0, 0.4);
  },
  "15-augmentation.ts": ({ figures }) => {
    assertBetween("without", figures.without, 0.3, 0.58);
    assertBetween("right", figures.right, 0.66, 1);
    // A live page for each of two runs, whose log has the epochs, and TensorBoard's files.
    const pages = figures.pages as readonly string[];
    assert.ok(pages.length === 2 && pages.every((url) => /^http:\/\/127\.0\.0\.1:\d+\//.test(url)), pages.join());
    assertBetween("epochs", figures.epochs, 7, 16);
    assert.deepEqual(figures.boards, ["with augmentation", "without augmentation"]);
  },
  "16-text.ts": ({ text, figures }) => {
    assertBetween("listed", figures.listed, 0.45, 0.55);
    assertBetween("right", figures.right, 0.98, 1);
    assert.match(text, /praises +Hardly bad, this teapot\n +complains +The clock is not wonderful\./);
  },
  "17-gan.ts": ({ text, figures }) => {
    assertBetween("before", figures.before, 0.3, 1);
    assertBetween("after", figures.after, 0, 0.05);
    assert.match(text, /\nround 400: distance \d\.\d{3}, penalty \d\.\d{3}\n/);
  },
  "18-serving.ts": ({ text, figures }) => {
    assertBetween("right", figures.right, 0.88, 1);
    assertClose(figures.right, figures.known as number);
    assert.match(text, /serving digits, version 1, at http:\/\/127\.0\.0\.1:\d+\/v1\/models\/digits:predict/);
    assert.equal(figures.refused, "image: takes [batch, 784], got [1, 3]");
    // Fewer batches than requests: those that came together went through the model together.
    assertBetween("batches", figures.batches, 0, (figures.requests as number) / 2);
    assert.equal(figures.code, 0);
  },
  "19-transfer.ts": ({ text, figures }) => {
    assert.match(
      text,
      /Loaded corners\/bias, corners\/kernel, lines\/bias, lines\/kernel, strokes\/bias, strokes\/kernel\n/,
    );
    assertBetween("scratch", figures.scratch, 0.5, 0.75);
    assertBetween("transferred", figures.transferred, (figures.scratch as number) + 0.04, 1);
  },
  "20-image-folder.ts": ({ text, figures }) => {
    assert.match(text, /Training on 480 pictures of circle, cross, square, triangle/);
    assertBetween("right", figures.right, 0.7, 1);
  },
};

build();
const waiting = readdirSync(`${repository}/examples`).filter((name) => /^\d+-.*\.ts$/.test(name));
// Each begins with seconds of loading, on one core. More than two at a time would want more memory than small machines have.
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, runWaiting));

/** Runs one after another, for as long as any waits. */
async function runWaiting(): Promise<void> {
  for (let example = waiting.shift(); example !== undefined; example = waiting.shift()) {
    const check = checks[example];
    assert.ok(check, `examples/${example} is not checked: add it to test/examples/run.ts`);
    const start = performance.now();
    check(await run(example));
    if (readFileSync(`${repository}/examples/${example}`, "utf8").includes("export const program")) {
      await buildTwice(example);
    }
    console.log(`examples/${example}: as it should be (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }
}

async function run(example: string): Promise<Output> {
  const stdout = await node(`examples/${example}`, "--quick", "--json");
  return { text: stdout, figures: JSON.parse(stdout.trimEnd().split("\n").at(-1)!) };
}

/** Builds an example that exports a program, and finds that nothing is left to build. */
async function buildTwice(example: string): Promise<void> {
  const out = mkdtempSync(join(tmpdir(), "shapewright-"));
  try {
    const words = ["dist/runtime/cli/main.js", "build", `examples/${example}`, "--out", out] as const;
    assert.match(await node(...words), /written +\S+program\/saved_model\.pb/);
    assert.match(await node(...words, "--check"), /^unchanged +\d+ files/);
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** What a script of the repository prints. */
function node(script: string, ...words: string[]): Promise<string> {
  const command = ["--import", "tsx", script, ...words];
  const options = { cwd: repository, timeout: 240_000 } as const;
  return new Promise((done, failed) => {
    const child = execFile(process.execPath, command, options, (error, stdout, stderr) => {
      if (error) failed(new Error(`${[script, ...words].join(" ")} failed: ${error.message}\n${stdout}${stderr}`));
      else done(stdout);
    });
    child.stdin!.end();
  });
}

/** The figures of a training example: each there, and of a size that makes sense. */
function assertTrained(figures: Output["figures"], leastAccuracy: number): void {
  const { backend, testAccuracy, trainSeconds, stepsPerSecond } = figures;
  assert.ok(["tensorflow", "wasm"].includes(backend as string), `backend: ${backend}`);
  assertBetween("testAccuracy", testAccuracy, leastAccuracy, 1);
  assertBetween("trainSeconds", trainSeconds, 0, 120);
  assertBetween("stepsPerSecond", stepsPerSecond, 0, 1e6);
}

function assertBetween(name: string, value: unknown, low: number, high: number): void {
  assert.ok(typeof value === "number" && value > low && value <= high, `${name} is ${value}, not in (${low}, ${high}]`);
}

/** One number or several, each within `tolerance` of what it should be. */
function assertClose(actual: unknown, wanted: number | readonly number[], tolerance = 1e-5): void {
  const [found, right] = [[actual].flat(), [wanted].flat()];
  const close =
    found.length === right.length && found.every((value, i) => Math.abs(Number(value) - right[i]!) < tolerance);
  assert.ok(close, `${found} is not ${right}`);
}
