import type { SpillwayPerson, SpillwaySettings } from "spillway";

/** Where all four examples put the console. */
export const basePath = "/ops/queues/";

/** Real queues with `REDIS_URL`; else an incident to rehearse. */
export const settings: SpillwaySettings = {
  basePath,
  ...(process.env.REDIS_URL === undefined
    ? { scenario: "bad-deploy" }
    : { engine: "bullmq", redis: process.env.REDIS_URL }),
};

const PEOPLE: Record<string, SpillwayPerson> = {
  ana: { id: "7", name: "Ana Gómez", roles: ["operator"] },
};

/** Stands for the sessions of your application: whoever asks for `/log-in` gets a cookie that makes them Ana. */
export function personOf(cookie: string | undefined): SpillwayPerson | null {
  const user = /(?:^|; )user=(\w+)/.exec(cookie ?? "")?.[1] ?? "";
  return PEOPLE[user] ?? null;
}

export const loginCookie = "user=ana; Path=/; HttpOnly; SameSite=Strict";

export const port = Number(process.env.PORT ?? 3000);

export const told = (at: number): void => console.log(`The console is at http://127.0.0.1:${at}${basePath}`);
