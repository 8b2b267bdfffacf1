import { array } from "shapewright";
import { open } from "shapewright/runtime";
import type { Contestant } from "./contestants.js";
import { programOf } from "./programs.js";
import { dataOf, workloads } from "./workload.js";

/** `session.fit`, whole calls: data are checked and uploaded in each. */
export async function shapewright(name: string, threads?: number): Promise<Contestant> {
  const program = programOf(name);
  const workload = workloads[name]!;
  const session = await open(program, { backend: "tensorflow", ...(threads && { threads }) });
  const { x, y } = dataOf(workload);
  const options = { batchSize: workload.batch, verbose: "silent" } as const;
  const one = { x: array(x.data.slice(0, x.data.length / x.shape[0]), [1, ...x.shape.slice(1)]) } as never;
  const trained = [...program.model.variables.values()].filter(({ attributes }) => attributes.trainable);
  return {
    parameters: trained.reduce((sum, { shape }) => sum + (shape as number[]).reduce((a, b) => a * b, 1), 0),
    train: (epochs) => session.fit({ x } as never, y as never, { ...options, epochs }),
    predict: { predict: () => session.predict(one), predictSync: () => session.predictSync(one) },
  };
}
