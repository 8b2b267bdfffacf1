/** The most characters of a text that a message repeats. */
const most = 60;

/** A text of the user's as a message repeats it: its beginning, where it is long. */
export function cut(text: string, length = most): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
