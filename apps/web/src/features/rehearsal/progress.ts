import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useLocation } from "react-router";
import { auditQuery } from "../../api/queries.ts";
import { createStore } from "../../lib/store.ts";
import { serverNow } from "../../ui/use-now.ts";
import { isPhone } from "../../ui/use-phone.ts";
import { runWrite } from "../actions/run-write.tsx";
import type { Seen } from "./steps.ts";

/** A rehearsal as this tab lives through it. */
interface Progress {
  scenario: string;
  /** When it was chosen here, ISO; empty: it ran already. */
  since: string;
  /** What was looked at, and when last, epoch ms; the latest stands last. */
  addresses: ReadonlyMap<string, number>;
}

/** Lines of text: the scenario, when it was chosen, then the addresses, each after its time. A tab that is loaded anew goes on. */
const key = "spillway.rehearsal";
const mostAddresses = 200;

const progress = createStore<Progress>(readKept());
/** Whether the steps are shown. */
export const stepsOpen = createStore(sessionStorage.getItem(`${key}.open`) !== null);

function readKept(): Progress {
  const [scenario = "", since = "", ...lines] = (sessionStorage.getItem(key) ?? "").split("\n");
  const visits = lines.map((line): [string, number] => {
    const [at = "", ...address] = line.split(" ");
    return [address.join(" "), Number(at)];
  });
  return { scenario, since, addresses: new Map(visits) };
}

function keep(next: Progress): void {
  const lines = [...next.addresses].map(([address, at]) => `${at} ${address}`);
  sessionStorage.setItem(key, [next.scenario, next.since, ...lines].join("\n"));
  progress.set(next);
}

export function showSteps(open: boolean): void {
  if (open) sessionStorage.setItem(`${key}.open`, "yes");
  else sessionStorage.removeItem(`${key}.open`);
  stepsOpen.set(open);
}

/** Opens this incident in place of what runs now, and shows what the playbook says to it. */
export async function beginRehearsal(name: string, done: string): Promise<void> {
  const since = new Date(serverNow()).toISOString();
  const { outcome } = await runWrite({
    endpoint: "setScenario",
    params: {},
    body: { name },
    tried: `Rehearsing ${name}`,
    done,
  });
  if (outcome !== "success") return;
  keep({ scenario: name, since, addresses: new Map() });
  // On a phone they would stand where the incident is.
  if (!isPhone()) showSteps(true);
}

/** What was looked at in this tab, and what took effect by anybody, since the rehearsal began. */
export function useSeen(scenario: string, fixed: boolean): Seen {
  const { pathname, search } = useLocation();
  const now = useSyncExternalStore(progress.subscribe, progress.get);
  const isThis = now.scenario === scenario;
  useEffect(() => {
    const before = progress.get();
    const here = pathname + search;
    const isOn = before.scenario === scenario;
    const others = isOn ? [...before.addresses].filter(([address]) => address !== here) : [];
    const addresses = new Map([...others, [here, serverNow()] as const].slice(-mostAddresses));
    keep({ scenario, since: isOn ? before.since : "", addresses });
  }, [scenario, pathname, search]);
  const { data } = useQuery(auditQuery({ status: "success", limit: 100 }));
  const since = isThis ? now.since : "";
  const done = (data?.items ?? []).filter(({ timestamp }) => timestamp >= since);
  return {
    addresses: isThis ? now.addresses : new Map(),
    // The newest come first, so what stays of an action is its first time: a later phase unticks nothing.
    actions: new Map(done.map(({ action, timestamp }) => [action, Date.parse(timestamp)])),
    fixed,
  };
}
