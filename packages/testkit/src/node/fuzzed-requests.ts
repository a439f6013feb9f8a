/** Requests as they should be, to be spoiled. */
const GOOD = [
  "GET /api/overview HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n",
  "GET /api/queues/billing/jobs?state=failed&q=x HTTP/1.1\r\nHost: localhost\r\nCookie: spillway_name=ana\r\n\r\n",
  "GET /api/events?topic=queues HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: a:1\r\n\r\n",
  'GET /queues HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nIf-None-Match: "x"\r\n\r\n',
  'POST /api/queues/billing/pause HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Spillway-Request: 1\r\nContent-Length: 14\r\n\r\n{"reason":"x"}',
  "POST /api/markers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Spillway-Request: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
].map((text) => Buffer.from(text));

/** What has broken servers before. */
const BITS = [
  "\0",
  "\r",
  "\n",
  "\r\n\r\n",
  "%",
  "%00",
  "%ff",
  "%2e%2e%2f",
  "..",
  "//",
  "\\",
  "?",
  "#",
  "é",
  "\u{1F600}",
  ":",
  " ",
  "\t",
  "Transfer-Encoding: chunked\r\n",
  "Content-Length: -1\r\n",
  "Content-Length: 99999999999999999999\r\n",
  "Content-Length: 5\r\n",
  "Host: [::1\r\n",
  "Host: a b\r\n",
  "Host: %\r\n",
  "Expect: 100-continue\r\n",
  "Upgrade: h2c\r\nConnection: Upgrade\r\n",
  "TRACE ",
  "CONNECT x:1 ",
  "HTTP/2.0",
  "ffffffffffffffff\r\n",
  "Cookie: \u00ff\r\n",
  "Authorization: Bearer \0\r\n",
  "X-Forwarded-For: ,,,\r\n",
  "__proto__",
  "x".repeat(5_000),
].map((text) => Buffer.from(text));

/** The same ones for the same seed. */
export function* fuzzedRequests(count: number, seed: number): Generator<Buffer> {
  const random = mulberry(seed);
  const below = (most: number): number => Math.floor(random() * most);
  for (let i = 0; i < count; i++) {
    let bytes = GOOD[below(GOOD.length)] ?? Buffer.alloc(0);
    for (let changes = 1 + below(4); changes > 0; changes--) {
      const at = below(bytes.length);
      const kind = below(4);
      const bit = BITS[below(BITS.length)] ?? Buffer.alloc(0);
      if (kind === 0) bytes = Buffer.concat([bytes.subarray(0, at), bit, bytes.subarray(at)]);
      else if (kind === 1)
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([below(256)]), bytes.subarray(at + 1)]);
      else if (kind === 2) bytes = bytes.subarray(0, at);
      else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(20))]);
    }
    yield bytes;
  }
}

function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
