import { describe, expect, it } from "vitest";
import { createHoldBack } from "./hold-back.ts";

const request = (signal?: AbortSignal) => new Request("http://localhost/", signal ? { signal } : {});
const refusal = () => new Response("later", { status: 429, headers: { "Retry-After": "1" } });

/** Which of them is answered first. */
const first = (...answers: Promise<Response>[]) =>
  Promise.race(answers.map(async (answer, n) => [n, (await answer).headers.get("Connection")]));

describe("attack 20: the answer to a flood", () => {
  it("comes later than those to others", async () => {
    const holdBack = createHoldBack({ forMs: 50 });
    const held = holdBack(refusal(), request());
    expect(await first(held, holdBack(new Response("ok"), request()))).toEqual([1, null]);
    expect((await held).headers.get("Retry-After")).toBe("1");
  });

  it("comes at once, and ends the connection, where many are held back already", async () => {
    const holdBack = createHoldBack({ forMs: 50, most: 2 });
    const held = [holdBack(refusal(), request()), holdBack(refusal(), request())];
    expect(await first(...held, holdBack(refusal(), request()))).toEqual([2, "close"]);
    await Promise.all(held);
    const again = holdBack(refusal(), request());
    expect(await first(again, holdBack(new Response("ok"), request()))).toEqual([1, null]);
    await again;
  });

  it("is not waited for by who left", async () => {
    const holdBack = createHoldBack({ forMs: 3_600_000 });
    const gone = new AbortController();
    const held = holdBack(refusal(), request(gone.signal));
    gone.abort();
    expect((await held).status).toBe(429);
  });
});
