import * as tf from "@tensorflow/tfjs-core";

/** Gives variables the values, which stay the caller's. All are taken before any variable changes: one may be another's old value. */
export function assign<V extends object>(variables: V, values: { readonly [Name in keyof V]?: V[Name] }): void {
  const record = variables as Record<string, tf.Tensor>;
  const next = Object.entries(values as Record<string, tf.Tensor>).map(
    ([name, value]) => [name, tf.keep(value.clone())] as const,
  );
  for (const [name, value] of next) {
    record[name]!.dispose();
    record[name] = value;
  }
}
