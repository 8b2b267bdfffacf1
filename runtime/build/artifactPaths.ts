/** The paths of everything that there may be for an export of a name. */
export function artifactPaths(name: string) {
  return {
    manifest: `${name}.manifest.json`,
    training: `${name}.train.ts`,
    prediction: `${name}.predict.ts`,
    savedModel: `${name}/saved_model.pb`,
  } as const;
}
