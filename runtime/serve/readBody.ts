import { inBytes } from "../../compiler/units.js";
import { clientGone, Failure } from "./failure.js";

/**
 * The body of a request, which is JSON. Of one that is too large, no more is read than that.
 *
 * @param most how many bytes it may have
 * @throws Failure where it is none, is larger, or does not come whole
 */
export async function readBody(request: Request, most: number): Promise<unknown> {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity")
    throw new Failure(415, `a body is taken as it is, got one in ${encoding}`, { "Accept-Encoding": "identity" });
  const bytes = await bytesOf(request, most).catch((error: unknown) => {
    throw error instanceof Failure ? error : clientGone();
  });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Failure(400, "the body is no JSON: it is not in UTF-8");
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(400, `the body is no JSON: ${(error as Error).message}`);
  }
}

async function bytesOf(request: Request, most: number): Promise<Uint8Array> {
  const tooLarge = () => new Failure(413, `a body has at most ${inBytes(most)}`, { Connection: "close" });
  const length = request.headers.get("content-length");
  if (Number(length) > most) throw tooLarge();
  if (length !== null) return new Uint8Array(await request.arrayBuffer());
  const parts: Uint8Array[] = [];
  let size = 0;
  // Where no length is said, it comes in parts, or there is none.
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > most) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
