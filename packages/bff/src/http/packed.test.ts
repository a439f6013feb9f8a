import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createPacker } from "./packed.ts";

const text = JSON.stringify({
  items: Array.from({ length: 200 }, (_, n) => ({ name: `queue-${n}`, waiting: n })),
});

describe("JSON that many ask for", () => {
  test("is packed for those who take it, and the same once it is unpacked", async () => {
    const reply = await createPacker()(text, "br, gzip;q=0.8, *;q=0.1");
    const bytes = Buffer.from(await reply.arrayBuffer());
    expect(reply.headers.get("Content-Encoding")).toBe("gzip");
    expect(reply.headers.get("Vary")).toBe("Accept-Encoding");
    expect(gunzipSync(bytes).toString()).toBe(text);
    expect(bytes.length).toBeLessThan(text.length / 5);
  });

  test.each([undefined, "", "br", "gzip;q=0", "gzip; q=0.000", "x-gzip"])(
    "is sent as it is to %s",
    async (accepts) => {
      const reply = await createPacker()(text, accepts);
      expect(reply.headers.get("Content-Encoding")).toBeNull();
      expect(await reply.text()).toBe(text);
    },
  );

  test("is sent as it is when it is short", async () => {
    expect((await createPacker()("{}", "gzip")).headers.get("Content-Encoding")).toBeNull();
  });

  test("is packed once however many ask at once", async () => {
    const pack = createPacker();
    const replies = await Promise.all(Array.from({ length: 20 }, () => pack(text, "gzip")));
    const bytes = await Promise.all(replies.map(async (reply) => Buffer.from(await reply.arrayBuffer())));
    expect(new Set(bytes.map((one) => one.toString("hex"))).size).toBe(1);
  });
});
