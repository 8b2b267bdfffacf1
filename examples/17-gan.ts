/**
 * A GAN: a generator makes points of noise, a critic tells them from real ones, and each is trained against the other. It is a loop of one's
 * own over two programs that share their models: in the critic's the critic alone is trained, in the generator's the generator. The critic's
 * loss holds its own gradient ("Improved training of Wasserstein GANs", Gulrajani et al. 2017).
 *
 *     npm run example -- examples/17-gan.ts             in full
 *     npm run example -- examples/17-gan.ts --quick     fewer steps
 */
import {
  adam,
  add,
  array,
  compileFunction,
  compileLoss,
  dense,
  gradients,
  input,
  mean,
  model,
  multiply,
  neg,
  norm,
  randomNormal,
  randomUniform,
  relu,
  sequential,
  square,
  stepKey,
  subtract,
  sum,
} from "shapewright";
import { openTogether } from "shapewright/runtime";
import { exampleOptions, isMain } from "./options.js";

const noiseSize = 4;
const batchSize = 128;
/** The critic is to be ahead of the generator: so many of its steps go before each of the other's. */
const criticSteps = 5;

const generator = model({ noise: input(["batch", noiseSize]) }, ({ noise }) =>
  sequential(
    noise,
    dense({ units: 64, activation: relu }),
    dense({ units: 64, activation: relu }),
    dense({ units: 2 }),
  ),
);
const critic = model({ point: input(["batch", 2]) }, ({ point }) =>
  sequential(
    point,
    dense({ units: 64, activation: relu }),
    dense({ units: 64, activation: relu }),
    dense({ units: 1 }),
  ),
);
/** Without much of a memory: what is to be found changes with each step of the other. */
const optimizer = (learningRate: number) => adam({ learningRate, beta1: 0.5, beta2: 0.9 });

/** Real points are to be scored high and made ones low, along slopes of length 1. */
export const program = compileLoss(
  model({ real: input(["batch", 2]) }, ({ real }) => {
    const made = generator.apply({ noise: randomNormal(stepKey(), ["batch", noiseSize]) });
    const share = randomUniform(stepKey(), ["batch", 1]);
    const between = add(multiply(share, real), multiply(subtract(1, share), made));
    const slope = gradients(sum(critic.apply({ point: between })), between); // Tensor<["batch", 2], "float32">
    const penalty = mean(square(subtract(norm(slope, { axis: 1 }), 1)));
    const distance = subtract(mean(critic.apply({ point: real })), mean(critic.apply({ point: made })));
    return { loss: subtract(penalty, distance), distance, penalty };
  }),
  { optimizer: optimizer(1e-3), trainable: critic },
);

/** What the generator makes is to be scored high. Of its input, only the number of rows counts. */
const generating = compileLoss(
  model({ noise: input(["batch", noiseSize]) }, ({ noise }) =>
    neg(mean(critic.apply({ point: generator.apply({ noise }) }))),
  ),
  { optimizer: optimizer(5e-4), trainable: generator },
);

const making = compileFunction({ noise: input(["batch", noiseSize]) }, ({ noise }) => ({
  points: generator.apply({ noise }),
}));

/** Numbers of the normal distribution, always the same. */
let drawn = 1;
function uniform(): number {
  drawn = (Math.imul(drawn, 1664525) + 1013904223) >>> 0;
  return (drawn + 0.5) / 2 ** 32;
}
function normal(): number {
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
const normals = (count: number) => array(Float32Array.from({ length: count * noiseSize }, normal), [count, noiseSize]);

/** Points of the real world: on a ring, a little beside it. */
function realPoints(count: number) {
  const points = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [angle, radius] = [2 * Math.PI * uniform(), 1 + 0.05 * normal()];
    points.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * i);
  }
  return array(points, [count, 2]);
}

/** How far two clouds of points are from each other: twice the mean distance between them, less those within. 0 where they are alike. */
function energyDistance(a: Float32Array, b: Float32Array): number {
  const meanDistance = (p: Float32Array, q: Float32Array) => {
    let total = 0;
    for (let i = 0; i < p.length; i += 2)
      for (let k = 0; k < q.length; k += 2) total += Math.hypot(p[i]! - q[k]!, p[i + 1]! - q[k + 1]!);
    return (4 * total) / (p.length * q.length);
  };
  return 2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b);
}

/** Points as characters, 20 lines of 40. */
function drawing(points: Float32Array): string {
  const rows = Array.from({ length: 20 }, () => Array.from({ length: 40 }, () => " "));
  for (let i = 0; i < points.length; i += 2) {
    const [column, row] = [Math.floor((points[i]! / 1.4 + 1) * 20), Math.floor((1 - points[i + 1]! / 1.4) * 10)];
    if (rows[row]?.[column] !== undefined) rows[row]![column] = "·";
  }
  return rows.map((row) => row.join("").trimEnd()).join("\n");
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const [forCritic, forGenerator, make] = await openTogether([program, generating, making], { backend });
  const rounds = quick ? 400 : 2000;
  console.log(`Training in ${rounds} rounds, backend: ${forCritic.backend}`);
  const { data: held } = realPoints(1000);
  const noise = normals(1000);
  const madeNow = async () => (await make({ noise })).points.data;
  const before = energyDistance(await madeNow(), held);

  for (let round = 1; round <= rounds; round++) {
    // Several steps in one call of the backend.
    const real = realPoints(criticSteps * batchSize);
    const { distance, penalty } = await forCritic.trainStep({ inputs: { real } }, { batchSize });
    await forGenerator.trainStep({ inputs: { noise: normals(batchSize) } });
    if (round % (rounds / 4) === 0)
      console.log(`round ${round}: distance ${distance.toFixed(3)}, penalty ${penalty.toFixed(3)}`);
  }

  const points = await madeNow();
  const after = energyDistance(points, held);
  const alike = energyDistance(realPoints(1000).data, held);
  console.log(drawing(points));
  console.log(
    `The points are ${after.toFixed(4)} from real ones, by the energy distance; they were ${before.toFixed(4)}`,
  );
  console.log(`before training, and other real ones are ${alike.toFixed(4)}`);
  if (json) console.log(JSON.stringify({ backend: forCritic.backend, before, after, alike }));
  for (const one of [forCritic, forGenerator, make]) one.dispose();
}
