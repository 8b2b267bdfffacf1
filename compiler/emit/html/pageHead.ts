/** What a page of ours is known by. */
export const endOfTitle = " – Shapewright</title>";

/** What differs from page to page in its head. */
export interface PageHead {
  readonly title: string;
  /** Its content security policy, directive by directive. */
  readonly policy: readonly string[];
  readonly style: string;
  /** What it tells other sites of where one came from; the browser's own way unless said. */
  readonly referrer?: "no-referrer";
}

/** How each page of ours begins, up to its body: in one file, of which nothing is fetched that the policy does not name. */
export function pageHead({ title, policy, style, referrer }: PageHead): string {
  return `<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${referrer ? `<meta name="referrer" content="${referrer}">\n` : ""}<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<link rel="icon" href="data:,">
<title>${escapeText(title)}${endOfTitle}
<style>
${style}</style>
</head>`;
}

/** A text within HTML, also within an attribute. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
