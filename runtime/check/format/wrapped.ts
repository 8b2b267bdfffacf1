/** A text in lines of at most `width` columns. A word that is longer has a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words(text)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A shape, `[batch, 28, 28]`, is one word, and so are options, `{ axis: 1 }`. */
function words(text: string): string[] {
  return text.match(/\[[^\]]*\]\S*|\{[^}]*\}\S*|\S+/g) ?? [];
}
