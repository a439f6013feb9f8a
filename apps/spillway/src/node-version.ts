/** Whether the Node that runs is older than this, e.g. `22.15.0`. */
export function isOlderNode(than: string, running: string = process.versions.node): boolean {
  const [ours, theirs] = [running, than].map((version) => version.split(".").map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (ours?.[i] ?? 0) - (theirs?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
