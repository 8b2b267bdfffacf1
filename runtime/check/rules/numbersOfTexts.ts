/** What to do with texts, where a model takes numbers. */
export const numbersOfTexts =
  "Give numbers: Number(text) of what is written in digits, stringLookup of names, textVectorization of sentences.";
