import { NOTHING_TO_SHOW } from "../server-limits.ts";

/** What the console can't be asked at all, answered without it. */
function refuse(status: number, code: string, title: string, detail: string): Response {
  const problem = { type: `urn:spillway:problem:${code}`, title, status, code, detail };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { ...NOTHING_TO_SHOW, "Content-Type": "application/problem+json" },
  });
}

export const bodyWasRead = (): Response =>
  refuse(
    500,
    "internal",
    "Something went wrong",
    "The body of this request was read before the console got it; mount the console before whatever reads bodies.",
  );

export const isClosed = (): Response =>
  refuse(
    503,
    "engine_unavailable",
    "The console is closed",
    "The application around this console is ending.",
  );

export const notHere = (): Response =>
  refuse(404, "not_found", "Not found", "There is nothing at this address.");
