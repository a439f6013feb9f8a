import { expectLive, flip, introduce, numberIn, panel, screen } from "../fixtures/person.ts";
import { expect, test } from "../fixtures/test.ts";

test("metrics triage pattern", async ({ page, spillway, hand, look }) => {
  test.setTimeout(120_000);
  const { url } = await spillway.open({ scenario: "bad-deploy", args: ["--sample-interval", "1s"] });
  const throughput = screen(page).getByRole("figure", { name: "Throughput" });
  const rows = throughput.getByRole("row");

  await test.step("Short horizon (live SSE): the picture moves by itself", async () => {
    await page.goto(`${url}/metrics?queue=billing`);
    await introduce(page, "ana", hand);
    await expectLive(page);
    await expect(screen(page).getByRole("link", { name: "live", exact: true })).toHaveAttribute(
      "aria-current",
      "true",
    );
    await hand.press(throughput.getByRole("button", { name: "Table" }));
    const newest = rows.last().getByRole("cell").first();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const times = new Set<string>();
    await expect
      .poll(async () => times.add((await newest.textContent()) ?? "").size, { timeout: 30_000 })
      .toBeGreaterThan(4);
    // By the stream: the window is not asked for again.
    expect(
      asked.filter((url) => url.includes("/api/metrics/history") && !url.includes("step_s=10&limit=1")),
    ).toEqual([]);
    await look(page, "live");
  });

  await test.step("Immediate reactions after a pause: started falls to nothing, the action is a marker", async () => {
    await page.goto(`${url}/queues/billing`);
    await flip(page, "Pause", "billing", "to see whether it reacts", hand);
    await page.goto(`${url}/metrics?queue=billing`);
    await expect(panel(page, "Markers")).toContainText(/paus/i);
    await hand.press(throughput.getByRole("button", { name: "Table" }));
    const started = async () => numberIn((await rows.last().getByRole("cell").nth(2).textContent()) ?? "");
    await expect.poll(started, { timeout: 60_000 }).toBe(0);
    await look(page, "paused");
  });

  await test.step("Immediate reactions after a resume", async () => {
    await page.goto(`${url}/queues/billing`);
    await flip(page, "Resume", "billing", "it reacts", hand);
    await page.goto(`${url}/metrics?queue=billing`);
    await hand.press(throughput.getByRole("button", { name: "Table" }));
    const started = async () => numberIn((await rows.last().getByRole("cell").nth(2).textContent()) ?? "");
    await expect.poll(started, { timeout: 60_000 }).toBeGreaterThan(0);
  });

  await test.step("Recent horizon (/metrics/history) as a screen: trend direction and the verdict", async () => {
    await page.goto(`${url}/metrics/history?queue=billing`);
    await expect(screen(page).getByRole("heading", { name: "Metrics" })).toBeVisible();
    await expect(screen(page).getByRole("link", { name: "1 h", exact: true })).toHaveAttribute(
      "aria-current",
      "true",
    );
    await expect(screen(page)).toContainText(
      /(Stable|Recovering|Regressing|Still failing).*\(measured .+\)|Too early to tell.*\d of (the )?\d times needed/,
    );
    await expect(screen(page)).toContainText(/kept in memory for \d/i);
    await look(page, "the recent horizon");
  });

  await test.step("Recent horizon (/metrics/history) as JSON", async () => {
    const reply = await page.request.get(`${url}/metrics/history?queue=billing&limit=500`, {
      headers: { accept: "application/json" },
    });
    expect(reply.headers()).toMatchObject({
      "content-type": expect.stringContaining("json"),
      vary: "Accept",
    });
    const { history, verdict, markers } = await reply.json();
    const times = history.map((sample: { timestamp: string }) => sample.timestamp);
    expect(times).toEqual(times.toSorted());
    expect(history.at(-1)).toMatchObject({
      gap: false,
      waiting: expect.any(Number),
      throughput: expect.any(Number),
    });
    expect(["stable", "recovering", "regressing", "still_failing", "too_early"]).toContain(verdict.state);
    expect(markers).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: "action", queue: "billing", actor: "ana" })]),
    );
  });
});
