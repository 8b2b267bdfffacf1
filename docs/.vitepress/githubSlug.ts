/** What a heading is linked by on GitHub, where these pages are read, too. */
export function githubSlug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}_\s-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}
