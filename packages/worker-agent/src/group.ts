import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

/** Tells this process from one that had its host and pid before: in containers both repeat. */
const PROCESS = randomUUID().slice(0, 8);

const taken = new Map<string, Set<string>>();

/** This process, and what makes several workers one. */
export interface Membership {
  readonly host: string;
  readonly pid: number;
  readonly group: string;
  leave(): void;
}

/**
 * BullMQ has one `Worker` per queue; people call all those of one name in one process a worker. A second one of that
 * name on the same queue is another worker.
 */
export function joinGroup(name: string | null, base: string): Membership {
  const host = hostname();
  const stem = `${name === null ? "" : `${name}@`}${host}#${process.pid}.${PROCESS}`;
  for (let nth = 1; ; nth += 1) {
    const group = nth === 1 ? stem : `${stem}.${nth}`;
    const members = taken.get(group) ?? new Set();
    if (members.has(base)) continue;
    taken.set(group, members.add(base));
    return { host, pid: process.pid, group, leave: () => void members.delete(base) };
  }
}
