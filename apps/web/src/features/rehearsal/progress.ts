import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useLocation } from "react-router";
import { auditQuery } from "../../api/queries.ts";
import { createStore } from "../../lib/store.ts";
import { serverNow } from "../../ui/use-now.ts";
import { runWrite } from "../actions/run-write.tsx";
import type { Seen } from "./steps.ts";

/** A rehearsal as this tab lives through it. */
interface Progress {
  scenario: string;
  /** When it was chosen here, ISO; empty: it ran already. */
  since: string;
  addresses: readonly string[];
}

/** Lines of text: the scenario, when it was chosen, then the addresses. A tab that is loaded anew goes on. */
const key = "spillway.rehearsal";
const mostAddresses = 200;

const progress = createStore<Progress>(readKept());
/** Whether the steps are shown. */
export const stepsOpen = createStore(sessionStorage.getItem(`${key}.open`) !== null);

function readKept(): Progress {
  const [scenario = "", since = "", ...addresses] = (sessionStorage.getItem(key) ?? "").split("\n");
  return { scenario, since, addresses };
}

function keep(next: Progress): void {
  sessionStorage.setItem(key, [next.scenario, next.since, ...next.addresses].join("\n"));
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
  keep({ scenario: name, since, addresses: [] });
  showSteps(true);
}

/** What was looked at in this tab, and what took effect by anybody, since the rehearsal began. */
export function useSeen(scenario: string, fixed: boolean): Seen {
  const { pathname, search } = useLocation();
  const now = useSyncExternalStore(progress.subscribe, progress.get);
  const isThis = now.scenario === scenario;
  useEffect(() => {
    const before = progress.get();
    const here = pathname + search;
    const addresses = before.scenario === scenario ? before.addresses : [];
    if (addresses.includes(here)) return;
    const since = before.scenario === scenario ? before.since : "";
    keep({ scenario, since, addresses: [...addresses, here].slice(-mostAddresses) });
  }, [scenario, pathname, search]);
  const { data } = useQuery(auditQuery({ status: "success", limit: 100 }));
  const since = isThis ? now.since : "";
  const done = (data?.items ?? []).filter(({ timestamp }) => timestamp >= since);
  return {
    addresses: isThis ? now.addresses : [],
    actions: new Set(done.map(({ action }) => action)),
    fixed,
  };
}
