import { array, type Model } from "shapewright";
import { type OpenOptions, open, openTogether } from "shapewright/runtime";
import type { Contestant } from "./contestants.js";
import { programOf } from "./programs.js";
import { dataOf, type Workload } from "./workload.js";

/** `session.fit`, whole calls: data are checked and uploaded in each. */
export async function shapewright(name: string, workload: Workload, threads?: number): Promise<Contestant> {
  const settings = { backend: "tensorflow", ...(threads && { threads }) } as const;
  if (name === "dcgan") return dcgan(workload, settings);
  const program = programOf(name);
  const session = await open(program, settings);
  const { x, y } = dataOf(workload);
  const options = { batchSize: workload.batch, verbose: "silent" } as const;
  const one = { x: array(x.data.slice(0, x.data.length / x.shape[0]), [1, ...x.shape.slice(1)]) } as never;
  return {
    parameters: trainable(program.model),
    train: (epochs) => session.fit({ x } as never, y as never, { ...options, epochs }),
    predict: { predict: () => session.predict(one), predictSync: () => session.predictSync(one) },
  };
}

/** A loop of one's own over two programs that share their models: a step trains one, then the other. */
async function dcgan({ batch, steps }: Workload, settings: OpenOptions): Promise<Contestant> {
  const { discriminating, discriminator, generating, generator } = await import("./gan.js");
  const [forDiscriminator, forGenerator] = await openTogether([discriminating, generating], settings);
  const image = array(Float32Array.from({ length: batch * 64 * 64 * 3 }, Math.random), [batch, 64, 64, 3]);
  const noise = array(Float32Array.from({ length: batch * 100 }, Math.random), [batch, 100]);
  return {
    parameters: trainable(generator) + trainable(discriminator),
    train: async (epochs) => {
      for (let step = 0; step < epochs * steps; step++) {
        await forDiscriminator.trainStep({ inputs: { image, noise } });
        await forGenerator.trainStep({ inputs: { noise } });
      }
    },
  };
}

function trainable({ variables }: Model<any, any>): number {
  const trained = [...variables.values()].filter(({ attributes }) => attributes.trainable);
  return trained.reduce((sum, { shape }) => sum + (shape as number[]).reduce((a, b) => a * b, 1), 0);
}
