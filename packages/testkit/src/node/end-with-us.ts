import type { ChildProcess } from "node:child_process";

const children = new Set<ChildProcess>();

/** Ends a process with this one, however this one ends: what is left behind takes the processor from all that comes after. */
export function endWithUs(child: ChildProcess): void {
  if (children.size === 0) process.once("exit", endAll);
  children.add(child);
  child.once("exit", () => {
    children.delete(child);
    if (children.size === 0) process.off("exit", endAll);
  });
}

function endAll(): void {
  for (const child of children) child.kill("SIGKILL");
}
