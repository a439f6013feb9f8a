import { history, historyExported, sample } from "@spillway/contract/schemas";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";
import { historyFile } from "./history-file.ts";

async function world() {
  const app = await startApp();
  app.engine.defineQueue("letters");
  for (let i = 0; i < 10; i++) {
    app.engine.add("letters", "send", {});
    await app.clock.advance(1_000);
  }
  return app;
}

test("an export of the history of a queue has the samples that the API has, and says what it holds", async () => {
  const { send, json, close } = await world();
  const shown = history.parse(await json("/api/metrics/history?queue=letters&limit=1000"));
  const reply = await send("/api/metrics/export?queue=letters");
  expect(reply.headers.get("Content-Disposition")).toMatch(/spillway-metrics-letters-.*\.ndjson"$/);
  const lines = (await reply.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(historyExported.parse(lines.pop().export)).toMatchObject({
    queue: "letters",
    samples: shown.history.length,
    gaps: shown.gaps,
    complete: true,
    stopped: null,
  });
  expect(lines.map((line) => sample.parse(line))).toEqual(shown.history);
  await close();
});

test("as CSV it has a row for each, empty where nothing is known; a window narrows it", async () => {
  const { send, json, close } = await world();
  const { history: samples } = history.parse(await json("/api/metrics/history?queue=letters&limit=1000"));
  const [head = [], ...rows] = parse(
    await (await send("/api/metrics/export?queue=letters&format=csv")).text(),
  );
  expect(rows.map(([at]) => at)).toEqual(samples.map(({ timestamp }) => timestamp));
  const waiting = head.indexOf("waiting");
  expect(rows.map((row) => row[waiting])).toEqual(samples.map((one) => String(one.waiting ?? "")));
  expect(rows.at(-1)?.[head.indexOf("p95_duration_ms")]).toBe("");
  const from = samples.at(-3)?.timestamp ?? "";
  const late = parse(await (await send(`/api/metrics/export?queue=letters&format=csv&from=${from}`)).text());
  expect(late).toHaveLength(1 + 3);
  await close();
});

test("one that ends early says so at its end, and how many it has", async () => {
  const { json, close } = await world();
  const held = history.parse(await json("/api/metrics/history?queue=letters&limit=1000"));
  const why = "Not all: your login ended.";
  const made = (format: "csv" | "ndjson") => historyFile(held, { format, queue: "letters", now: 0 });
  const last = made("ndjson").end(why);
  expect(historyExported.parse(JSON.parse(last.tail).export)).toMatchObject({
    samples: 0,
    complete: false,
    stopped: why,
  });
  expect(last).toMatchObject({ affected: 0, details: { complete: false } });
  expect(made("csv").end(why).tail).toMatch(/^"Not all: your login ended\.",+\r\n$/);
  expect(made("csv").end().tail).toBe("");
  await close();
});
