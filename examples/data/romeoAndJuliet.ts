import { readFileSync } from "node:fs";

/**
 * The text of Shakespeare's "Romeo and Juliet" without its stage directions, in the public domain, as it stands in the collection of
 * plays that Andrej Karpathy's `char-rnn` came with (github.com/karpathy/char-rnn, data/tinyshakespeare): 4,732 lines.
 */
export function romeoAndJuliet(): string {
  return readFileSync(new URL("./romeo-and-juliet.txt", import.meta.url), "utf8");
}
