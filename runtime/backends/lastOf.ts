/** What ends something that `count` hold, when the last of them is done with it. */
export function lastOf(count: number, end: () => void): () => void {
  let left = count;
  return () => {
    left--;
    if (left === 0) end();
  };
}
