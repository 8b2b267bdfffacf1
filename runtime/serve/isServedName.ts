/** What can stand in an address, in words. */
export const servedNames = 'letters, digits, "_", "." and "-", and not dots alone';

/** Whether a model or a version can be named so, which stands in addresses. */
export function isServedName(name: string): boolean {
  return /^[\w.-]*[\w-][\w.-]*$/.test(name);
}
