/** What the modules beside the language export that is called; a test compares it with them. */
export const modules: Readonly<Record<string, readonly string[]>> = {
  "shapewright/runtime": [
    ...["csvLogger", "eager", "earlyStopping", "jsonLogger", "learningRateScheduler", "loadModel", "modelCheckpoint"],
    ...["open", "openFunction", "openTogether", "reduceLROnPlateau", "tensorBoard", "timeLimit", "traceOf"],
  ],
  "shapewright/data": [
    ...["arrowDataset", "csvDataset", "cutMix", "dataset", "hashing", "imageFolder", "integerLookup", "jsonlDataset"],
    ...["mixUp", "npyDataset", "parquetDataset", "readIdx", "readNpy", "readNpz", "restorePreprocessing"],
    ...["simpleImputer", "stringLookup", "textVectorization", "tokenSequences", "zip"],
  ],
};
