import { invalid, ProblemError } from "./problem.ts";

/** A thousand ids with their versions fit. */
const MOST_BYTES = 262_144;

/** The JSON of a request's body, at most 256 kB of it however it is sent; an empty body is an empty object. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("", "The body is not JSON.");
  }
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get("Content-Length") ?? 0) > MOST_BYTES) throw tooLarge();
  if (request.body === null) return "";
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > MOST_BYTES) {
      // No more is read, but it is not cancelled: that would end the connection before the answer is out.
      throw tooLarge();
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(): ProblemError {
  return new ProblemError("too_large", `The body is larger than ${MOST_BYTES / 1024} kB.`);
}
