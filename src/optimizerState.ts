/** What the names of all variables begin with that are not the model's, but what an optimizer keeps. */
export const optimizerState = "optimizer/";

/** Whether a variable of this name is the optimizer's, and not the model's. */
export function isOptimizerState(name: string): boolean {
  return name.startsWith(optimizerState);
}
