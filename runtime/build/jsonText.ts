/** JSON with indentation, but with lists of numbers and words, such as shapes, on one line. */
export function jsonText(value: object): string {
  // The ends of lines all stand between values: within a text, JSON writes them with a backslash.
  const text = JSON.stringify(value, undefined, 2).replace(/\[\n[^[\]{}]*\]/g, (list) =>
    list.replace(/^\[\s+|\s+\]$/g, (end) => end.trim()).replace(/\n\s+/g, " "),
  );
  return `${text}\n`;
}
