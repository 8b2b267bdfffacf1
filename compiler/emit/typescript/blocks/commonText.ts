/**
 * What texts have in common, word by word: `conv_block` of `conv_block2` and `conv_block3`, `dense/kernel` of `dense_1/kernel` and
 * `dense_3/kernel`. Numbers are words. Where they have no letters in common,
 * what is said instead: the first of them, if nothing is.
 */
export function commonText(texts: readonly string[], instead = texts[0]!): string {
  const [first, ...others] = [...new Set(texts)];
  if (others.length === 0) return first!;
  const common = others.reduce((words, text) => commonWords(words, wordsOf(text)), wordsOf(first!));
  const text = common
    .join("")
    .replaceAll(/_+/g, "_")
    .replaceAll(/_(?=[^\p{ID_Continue}]|$)/gu, "");
  return /\p{L}/u.test(text) ? text : instead;
}

/** Letters, digits, and each other character by itself. */
function wordsOf(text: string): string[] {
  return text.match(/\p{L}+|\d+|[^\p{L}\d]/gu) ?? [];
}

/** The longest list of words that both have in their order. */
function commonWords(a: readonly string[], b: readonly string[]): string[] {
  // lengths[i][j] is that of the longest of what follows the first i words of a and j of b.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const common: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      common.push(a[i]!);
      i++;
      j++;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return common;
}
