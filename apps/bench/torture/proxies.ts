import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findCaddy, freePort, selfSigned, startCaddy, startNginx } from "@spillway/testkit/node";
import { type Console, startProcess } from "../src/console.ts";
import { type IdleStream, openIdle } from "../src/idle-stream.ts";
import { atLeast, atMost, exactly, type Figure, type Report, type Torture } from "../src/torture.ts";

const HOST = "ops.example.com";
const BASE = "/ops/queues/";
const TITLE = "after a long silence";
/** The console beats every 15 s. */
const BEAT_MS = 15_000;
const PATIENCE_MS = 10_000;

export const torture: Torture = {
  title: "Idle streams for five minutes, bare, behind nginx and behind Caddy",
  run: (say) => standIdle({ streams: 5, idleMs: 300_000 }, say),
};

interface Idle {
  /** At each place. */
  streams: number;
  idleMs: number;
}

/** Where people reach a console. */
interface Place {
  name: string;
  console: Console;
  open: () => IdleStream;
}

/** Opens streams of what hardly ever happens, waits, and sees who still hears what happens then, and how soon. */
export async function standIdle({ streams, idleMs }: Idle, say: (line: string) => void): Promise<Report> {
  await using own = new AsyncDisposableStack();
  const places = await open(own);
  const opened = places.map((place) => ({ place, idle: Array.from({ length: streams }, place.open) }));
  const all = opened.flatMap(({ idle }) => idle);
  for (const one of all) own.use(one);
  await until(() => all.every(({ greeted }) => greeted));
  say(`${all.length} streams are open and idle`);
  await sleep(idleMs);
  const at = Date.now();
  for (const console of new Set(places.map((place) => place.console)))
    await console.post(new URL("api/markers", slashed(console.url)).href, { title: TITLE, kind: "note" });
  await until(() => all.every((one) => one.heardAt(TITLE) !== null || one.ended));
  return {
    figures: opened.flatMap(({ place, idle }) => figuresOf(place.name, idle, at, idleMs)),
    notes: [
      `${streams} streams at each place ask for markers alone, of which there is none for ${idleMs / 1_000} s; then there is one.`,
      "nginx and Caddy as Debian has them, each setting its own default but where it leads; nginx's read timeout is 60 s. Without Caddy its place is left out.",
    ],
  };
}

function figuresOf(name: string, idle: readonly IdleStream[], at: number, idleMs: number): Figure[] {
  const heard = idle.map((one) => one.heardAt(TITLE) ?? Number.POSITIVE_INFINITY);
  return [
    exactly(`${name}: streams dropped`, idle.filter(({ ended }) => ended).length, 0),
    atLeast(
      `${name}: beats heard by each`,
      Math.min(...idle.map(({ beats }) => beats)),
      Math.floor(idleMs / BEAT_MS) - 1,
      "",
    ),
    atMost(`${name}: the event after the silence`, Math.max(...heard) - at, 1_000, "ms"),
  ];
}

async function open(own: AsyncDisposableStack): Promise<Place[]> {
  const args = ["--allowed-host", HOST, "--trusted-proxy", "127.0.0.1"];
  const root = own.use(await startProcess(args));
  const below = own.use(await startProcess([...args, "--base-path", BASE]));
  const folder = mkdtempSync(join(tmpdir(), "spillway-proxies-"));
  own.defer(() => rmSync(folder, { recursive: true, force: true }));
  const { certificate, key } = selfSigned(HOST);
  const [cert, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  writeFileSync(cert, certificate);
  writeFileSync(keyFile, key);
  const [plain, path, tls] = [await freePort(), await freePort(), await freePort()];
  const to = (console: Console) =>
    `proxy_pass ${new URL(console.url).origin}; proxy_set_header Host $http_host;`;
  const sites = [
    `server { listen 127.0.0.1:${plain}; location / { ${to(root)} } }`,
    `server { listen 127.0.0.1:${path}; location ${BASE} { ${to(below)} } }`,
    `server { listen 127.0.0.1:${tls} ssl http2; ssl_certificate ${cert}; ssl_certificate_key ${keyFile};
      location / { ${to(root).replace("$http_host", "$host")} } }`,
  ];
  own.use(await startNginx({ port: plain, sites: sites.join("\n") }));
  const caddy = await behindCaddy(own, root);
  return [
    { name: "no proxy", console: root, open: () => openIdle(root.url) },
    { name: "nginx", console: root, open: () => openIdle(`http://127.0.0.1:${plain}/`) },
    { name: "nginx, below a path", console: below, open: () => openIdle(`http://127.0.0.1:${path}${BASE}`) },
    {
      name: "nginx, TLS and HTTP/2",
      console: root,
      open: () => openIdle(`https://127.0.0.1:${tls}/`, { host: HOST, ca: certificate }),
    },
    ...caddy,
  ];
}

async function behindCaddy(own: AsyncDisposableStack, console: Console): Promise<Place[]> {
  if (findCaddy() === null) return [];
  const [port, httpPort] = [await freePort(), await freePort()];
  const sites = `${HOST} {\n\ttls internal\n\treverse_proxy ${new URL(console.url).host}\n}\n`;
  const { certificate: ca } = own.use(await startCaddy({ port, httpPort, sites }));
  const open = () => openIdle(`https://127.0.0.1:${port}/`, { host: HOST, ca });
  return [{ name: "Caddy, TLS and HTTP/2", console, open }];
}

const slashed = (url: string): string => (url.endsWith("/") ? url : `${url}/`);

async function until(isSo: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!isSo() && Date.now() < giveUpAt) await sleep(20);
}
