import { ts } from "ts-morph";

/** Whether a type is what `model` gives. */
export function isModel(type: ts.Type): boolean {
  // What a model's inputs are called is the user's: a record of them may have all these names.
  const apply = type.getProperty("apply");
  const isMethod = apply?.declarations?.some(({ kind }) => kind === ts.SyntaxKind.MethodSignature) ?? false;
  return isMethod && ["inputs", "output"].every((key) => type.getProperty(key));
}

/** Whether a type is a dataset of ours. */
export function isDataset(type: ts.Type): boolean {
  return ["batch", "prefetch", "shuffle", "epoch"].every((key) => type.getProperty(key));
}

/** Whether a type is what `open` gives. */
export function isSession(type: ts.Type): boolean {
  return ["fit", "predict", "saveModel"].every((key) => type.getProperty(key));
}
