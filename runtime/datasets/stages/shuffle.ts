import { random } from "../../../src/ir/random.js";
import type { Flow } from "../flow.js";

/**
 * Elements in a random order: each is drawn from a buffer of `size`, in whose place the next comes. The order follows from the seed and the
 * epoch's number.
 */
export function shuffleFlow<E>(source: Flow<E>, epoch: number, size: number, seed: number): Flow<E> {
  const generator = random(seed, `shuffle/${epoch}`);
  const buffer: E[] = [];
  let isEnded = false;
  const fill = async () => {
    while (!isEnded && buffer.length < size) {
      const elements = await source.next(size - buffer.length);
      isEnded = elements.length === 0;
      for (const element of elements) buffer.push(element);
    }
  };
  return {
    async next(atMost) {
      await fill();
      const next = isEnded ? [] : await source.next(atMost);
      if (next.length === 0) isEnded = true;
      const drawn: E[] = [];
      for (const element of next) {
        const at = generator.integer(buffer.length);
        drawn.push(buffer[at]!);
        buffer[at] = element;
      }
      while (isEnded && drawn.length < atMost && buffer.length > 0) {
        const at = generator.integer(buffer.length);
        drawn.push(buffer[at]!);
        const last = buffer.pop()!;
        if (at < buffer.length) buffer[at] = last;
      }
      return drawn;
    },
    close: () => source.close(),
  };
}
