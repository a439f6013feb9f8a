import { expectLive, flip, introduce, rowWith, screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

/** Regular samples are a minute apart, so whatever is seen sooner was pushed for its own sake. */
const SELDOM = ["--sample-interval", "1m"];

test("an action in one browser appears in the other at once", async ({
  page,
  browser,
  guard,
  spillway,
  look,
}) => {
  test.setTimeout(90_000);
  const { url } = await spillway.open({ args: SELDOM });
  const elsewhere = await (await browser.newContext()).newPage();
  await guard.watch(elsewhere);
  await elsewhere.goto(`${url}/queues`);
  await expectLive(elsewhere);
  await page.goto(`${url}/queues/webhooks`);
  await introduce(page, "ana");
  const heard = read(url, null, (events) => pictures(events).length >= 2);

  for (const [act, word] of [
    ["Pause", "Resume… webhooks"],
    ["Resume", "Pause… webhooks"],
  ] as const) {
    const seen = elsewhere
      .getByRole("button", { name: word })
      .waitFor({ timeout: 40_000 })
      .then(() => Date.now());
    const acted = page.waitForResponse((response) => response.request().method() === "POST");
    const done = acted.then(() => Date.now());
    await Promise.all([flip(page, act, "webhooks", "for the other to see"), seen]);
    console.log(`${act} seen by the other ${Math.max(0, (await seen) - (await done))} ms after the reply`);
  }
  const events = await heard;
  expect(pictures(events).map(({ paused }) => paused)).toEqual([true, false]);
  // Between an action's outcome and the queue's new picture no regular sample was waited for.
  for (const [index, { place }] of pictures(events).entries()) {
    const outcome = events.findIndex(
      ({ name, data }) => name === "audit" && data.action === ACTIONS[index] && data.status === "success",
    );
    const between = events.slice(outcome, place).map(({ name }) => name);
    expect(outcome).toBeGreaterThanOrEqual(0);
    expect(between).not.toContain("metrics");
  }
  await look(elsewhere, "the other browser");
  await elsewhere.goto(`${url}/audit?queue=webhooks`);
  await expect(rowWith(elsewhere, "queue.pause")).toContainText("ana");
});

const ACTIONS = ["queue.pause", "queue.resume"];

/** The pictures of the queue in which it turned from running to paused or back, with their places among the events. */
function pictures(events: readonly Heard[]): { place: number; paused: boolean }[] {
  const told = events.flatMap(({ name, data }, place) => {
    const queue = name === "queues" ? data.changed?.find((one) => one.name === "webhooks") : undefined;
    return queue === undefined ? [] : [{ place, paused: queue.paused }];
  });
  return told.filter(({ paused }, index) => paused !== (told[index - 1]?.paused ?? false));
}

test("closing and opening the stream again loses no event", async ({ page, browser, guard, spillway }) => {
  test.setTimeout(90_000);
  const { url } = await spillway.open();
  const elsewhere = await (await browser.newContext()).newPage();
  await guard.watch(elsewhere);
  await elsewhere.goto(`${url}/audit?queue=reports`);
  await introduce(elsewhere, "ben");
  await expectLive(elsewhere);
  await page.goto(`${url}/queues/reports`);
  await introduce(page, "ana");

  await elsewhere.getByRole("button", { name: "Pause updates" }).click();
  await expect(elsewhere.getByRole("status", { name: "Updates: paused" })).toBeVisible();
  for (const round of [1, 2]) {
    await flip(page, "Pause", "reports", `round ${round}`);
    await flip(page, "Resume", "reports", `round ${round}`);
  }
  await expect(screen(elsewhere)).toContainText("No matching record since");
  await elsewhere.getByRole("button", { name: "Resume updates" }).click();
  await expect(rowWith(elsewhere, "queue.pause")).toHaveCount(2);
  await expect(rowWith(elsewhere, "queue.resume")).toHaveCount(2);
});

test("a stream that is opened again replays what was missed, in order", async ({ spillway }) => {
  const { url } = await spillway.open();
  const before = await read(url, null, (events) => events.some(({ name }) => name === "overview"));
  for (const act of ["pause", "resume", "pause", "resume"]) {
    const headers = { "content-type": "application/json", "x-spillway-request": "1" };
    const reply = await fetch(`${url}/api/queues/emails/${act}`, { method: "POST", headers, body: "{}" });
    expect(reply.status).toBe(200);
  }
  const finished = (events: readonly Heard[]) =>
    events.filter(
      ({ name, data }) => name === "audit" && data.status === "success" && data.queue === "emails",
    );
  const after = await read(url, before.at(-1)?.id ?? null, (events) => finished(events).length >= 4);
  expect(after.map(({ name }) => name)).not.toContain("resync");
  expect(finished(after).map(({ data }) => data.action)).toEqual([
    "queue.pause",
    "queue.resume",
    "queue.pause",
    "queue.resume",
  ]);
  const seqs = after.filter(({ id }) => id !== "").map(({ id }) => Number(id.split(":").at(-1)));
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
});

interface Heard {
  name: string;
  id: string;
  data: {
    action?: string;
    status?: string;
    queue?: string;
    changed?: { name: string; paused: boolean }[];
  };
}

/** Reads the stream, from after an event if its id is given, until there is enough. */
async function read(url: string, after: string | null, enough: (events: readonly Heard[]) => boolean) {
  const stop = AbortSignal.timeout(60_000);
  const headers = after === null ? {} : { "Last-Event-ID": after };
  const reply = await fetch(`${url}/api/events`, {
    headers: { accept: "text/event-stream", ...headers },
    signal: stop,
  });
  const events: Heard[] = [];
  let rest = "";
  for await (const text of (reply.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const frames = (rest + text).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(frame)?.[1] ?? "";
      if (field("event") !== "")
        events.push({ name: field("event"), id: field("id"), data: JSON.parse(field("data")) });
    }
    if (enough(events)) break;
  }
  return events;
}
