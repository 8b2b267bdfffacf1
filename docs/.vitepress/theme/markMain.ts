/** Says which part of a page is the main one, where VitePress does not: on the first page, and where there is none. */
export function markMain(): void {
  const content = document.getElementById("VPContent");
  if (content?.querySelector("main")) content.removeAttribute("role");
  else content?.setAttribute("role", "main");
}
