import type { ChildProcess } from "node:child_process";

const ends = new Map<ChildProcess, () => unknown>();

/**
 * Ends a process with this one, however this one ends: what is left behind takes the processor from all that comes after. `end`: how
 * it is ended.
 */
export function endWithUs(child: ChildProcess, end: () => unknown = () => child.kill("SIGKILL")): void {
  if (ends.size === 0) process.once("exit", endAll);
  ends.set(child, end);
  child.once("exit", () => {
    ends.delete(child);
    if (ends.size === 0) process.off("exit", endAll);
  });
}

function endAll(): void {
  for (const end of ends.values()) end();
}
