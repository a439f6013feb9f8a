import { findCaddy, findNginx } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { standIdle } from "./proxies.ts";

const PLACES = ["no proxy", "nginx", "nginx, below a path", "nginx, TLS and HTTP/2"];

/** The long run, small: every place hears what happens; how soon, and after how long a silence, is for the long run. */
it.skipIf(findNginx() === null)(
  "idle streams hear what happens at each place",
  { timeout: 60_000 },
  async () => {
    const { figures } = await standIdle({ streams: 1, idleMs: 100 }, () => undefined);
    expect(
      figures.filter((_, index) => index % 3 === 0).map(({ what, measured }) => [what, measured]),
    ).toEqual(
      [...PLACES, ...(findCaddy() === null ? [] : ["Caddy, TLS and HTTP/2"])].map((place) => [
        `${place}: streams dropped`,
        "0",
      ]),
    );
    expect(figures.filter((_, index) => index % 3 === 2).map(({ measured }) => measured)).not.toContain(
      "Infinity ms",
    );
  },
);
