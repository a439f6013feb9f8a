import { auditList, type Marker, markerList } from "@spillway/contract/schemas";
import { expect, test } from "vitest";
import { memorySink, problemOf, START, startApp } from "../app.fixture.ts";
import { createPolicy } from "../auth/index.ts";

const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();

type App = Awaited<ReturnType<typeof startApp>>;
const mark = async (app: App, body: object) => (await app.post("/api/markers", body)).json();
const marked = async (app: App, query = ""): Promise<Marker[]> =>
  markerList.parse(await app.json(`/api/markers${query}`)).items;

test("an incident is one marker: opened, renamed, ended and opened again under its id", async () => {
  const app = await startApp();
  const opened = await mark(app, { kind: "incident", incident: "INC-7", title: "Charges fail", at: at(-20) });
  expect(opened).toMatchObject({ status: "success", incident: "INC-7" });
  await mark(app, { kind: "incident", incident: "INC-7", title: "Provider down", until: at(10) });
  expect(await marked(app)).toEqual([
    expect.objectContaining({
      id: opened.id,
      title: "Provider down",
      at: at(-20),
      until: at(10),
      audit_id: opened.audit_id,
    }),
  ]);
  await mark(app, { kind: "incident", incident: "INC-7", title: "Provider down again" });
  expect(await marked(app)).toMatchObject([{ id: opened.id, until: null, at: at(-20) }]);
  const early = { kind: "incident", incident: "INC-7", title: "x", until: at(-30) };
  expect((await problemOf(await app.post("/api/markers", early), 400)).issues).toMatchObject([
    { path: "until" },
  ]);
});

test("an incident stays with its queue: whoever may act on another one takes it over by no other name", async () => {
  const billing = ["marker.create"];
  const policy = createPolicy({
    roles: { oncall: { sees: ["*"], allow: [{ actions: billing, queues: ["billing"] }], deny: [] } },
  });
  const app = await startApp({ deps: { policy } });
  await mark(app, { kind: "incident", incident: "INC-7", title: "Mails stuck", queue: "emails" });
  await mark(app, { kind: "incident", incident: "INC-8", title: "All is slow" });
  const before = await marked(app);
  for (const incident of ["INC-7", "INC-8"]) {
    const body = { kind: "incident", incident, title: "Nothing to see", until: at(0) };
    const take = (more: object) => app.post("/api/markers", { ...body, ...more }, {}, ["oncall"]);
    const { issues } = await problemOf(await take({ queue: "billing" }), 400);
    expect(issues).toMatchObject([{ path: "queue" }]);
    await problemOf(await take({}), 403);
  }
  expect(await marked(app)).toEqual(before);
  await mark(app, {
    kind: "incident",
    incident: "INC-7",
    title: "Mails stuck",
    queue: "emails",
    until: at(1),
  });
  const ended = expect.objectContaining({ incident: "INC-7", queue: "emails", until: at(1) });
  expect(await marked(app)).toContainEqual(ended);
});

test("an incident without an id gets one of its own, and its record bears it", async () => {
  const app = await startApp();
  const [one, two] = [
    await mark(app, { kind: "incident", title: "one" }),
    await mark(app, { kind: "incident", title: "two" }),
  ];
  expect([one.incident, two.incident]).toEqual(["INC-1123-1400", "INC-1123-1400-2"]);
  const { items } = auditList.parse(await app.json(`/api/audit?incident=${two.incident}`));
  expect(items).toMatchObject([{ action: "marker.create", details: { title: "two", marker_id: two.id } }]);
});

test("to an incident belong its notes and the deploys since an hour before it, nothing of others", async () => {
  const app = await startApp();
  await mark(app, { kind: "deploy", title: "long ago", at: at(-90) });
  await mark(app, { kind: "deploy", title: "2.14.0", at: at(-23) });
  await mark(app, { kind: "incident", incident: "INC-7", title: "Charges fail", at: at(-20), until: at(-5) });
  await mark(app, { kind: "note", incident: "INC-7", title: "provider says 14:20", at: at(-10) });
  await mark(app, { kind: "note", incident: "INC-8", title: "another story", at: at(-10) });
  await mark(app, { kind: "deploy", title: "after it", at: at(-1) });
  const titles = (await marked(app, "?incident=INC-7")).map(({ title }) => title);
  expect(titles).toEqual(["2.14.0", "Charges fail", "provider says 14:20"]);
  expect(await marked(app, "?incident=INC-9")).toEqual([]);
  expect((await marked(app, "?kind=deploy")).map(({ title }) => title)).toEqual([
    "long ago",
    "2.14.0",
    "after it",
  ]);
});

test("to an incident belongs what was noticed of its queues in its time, in the list and in the export", async () => {
  const app = await startApp();
  for (const name of ["billing", "emails", "sms"]) app.engine.defineQueue(name);
  await app.engine.pauseQueue("sms");
  await app.clock.advance(70 * 60_000);
  await app.engine.pauseQueue("billing");
  await app.engine.pauseQueue("emails");
  await app.clock.advance(60_000);
  await mark(app, { kind: "incident", incident: "INC-7", title: "Charges", queue: "billing", at: at(70) });
  await mark(app, { kind: "incident", incident: "INC-8", title: "All" });
  await mark(app, { kind: "incident", incident: "INC-9", title: "Before", at: at(-90), until: at(-60) });
  const noticed = async (incident: string) => {
    const { items } = auditList.parse(await app.json(`/api/audit?incident=${incident}&status=noticed`));
    return items.map(({ queue, incident: own }) => [queue, own]);
  };
  expect(await noticed("INC-7")).toEqual([["billing", null]]);
  expect(new Set(await noticed("INC-8"))).toEqual(
    new Set([
      ["billing", null],
      ["emails", null],
    ]),
  );
  expect(await noticed("INC-9")).toEqual([]);
  expect(await noticed("INC-10")).toEqual([]);
  const text = await (await app.send("/api/audit/export?format=markdown&incident=INC-7")).text();
  const [, row] = text.split("\n").filter((line) => line.startsWith("| 20"));
  expect(row).toContain("| noticed | billing was paused from outside this console. |");
});

test("an incident is exported with its markers in one time order, each once", async () => {
  const app = await startApp();
  app.engine.defineQueue("billing");
  await mark(app, { kind: "deploy", title: "2.14.0", at: at(-23) });
  await mark(app, { kind: "incident", incident: "INC-7", title: "Charges | fail", at: at(-20) });
  await app.post("/api/queues/billing/pause", { reason: "contain", incident: "INC-7" });
  await app.clock.advance(60_000);
  await mark(app, { kind: "incident", incident: "INC-7", title: "Charges | fail", until: at(1) });
  const text = await (await app.send("/api/audit/export?format=markdown&incident=INC-7")).text();
  expect(text).toContain(`## INC-7: Charges &#124; fail\n\n${at(-20)} → ${at(1)}`);
  const rows = text.split("\n").filter((line) => line.startsWith("| 20"));
  expect(rows.map((row) => row.split(" | ")[2])).toEqual([
    "deploy",
    "incident began",
    "queue.pause",
    "incident ended",
  ]);
  expect(rows[2]).toContain("contain");
});

test("a note is withdrawn for everybody, once; its record stays and says by whom", async () => {
  const lines: string[] = [];
  const auditSinks = [memorySink(lines)];
  const app = await startApp({ deps: { auditSinks } });
  const note = await mark(app, { kind: "note", incident: "INC-7", title: "st be positive" });
  const deploy = await mark(app, { kind: "deploy", title: "2.14.0" });
  const withdraw = ({ id }: { id: string }) =>
    app.post(`/api/markers/${id}/withdraw`, { reason: "mistyped" });
  const { audit_id } = await (await withdraw(note)).json();
  expect(await marked(app)).toMatchObject([{ title: "2.14.0" }]);
  for (const none of [note, deploy, { id: "x" }]) await problemOf(await withdraw(none), 404);
  const { items } = auditList.parse(await app.json("/api/audit?incident=INC-7"));
  expect(items).toMatchObject([
    { id: audit_id, action: "marker.withdraw", reason: "mistyped", details: { title: "st be positive" } },
    { action: "marker.create", details: { withdrawn: { audit_id } }, status: "success" },
  ]);
  const text = await (await app.send("/api/audit/export?format=markdown&incident=INC-7")).text();
  expect(text).toContain("st be positive · withdrawn · INC-7");
  const next = await startApp({ deps: { auditSinks: [memorySink([...lines])] } });
  expect(await marked(next)).toMatchObject([{ title: "2.14.0" }]);
});

test("what was marked outlives the process where the audit does", async () => {
  const lines: string[] = [];
  const auditSinks = [memorySink(lines)];
  const first = await startApp({ deps: { auditSinks } });
  await mark(first, { kind: "incident", incident: "INC-7", title: "Charges fail", at: at(-20) });
  await mark(first, { kind: "incident", incident: "INC-7", title: "Provider down" });
  await mark(first, {
    kind: "note",
    incident: "INC-7",
    title: "called them",
    link: "https://status.example",
  });
  const before = await marked(first);
  await first.close();
  const second = await startApp({ deps: { auditSinks } });
  expect(await marked(second)).toEqual(before);
});
