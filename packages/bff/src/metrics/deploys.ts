import type { VersionSpread } from "@spillway/triage";

/** How long a rolling deploy is watched before it is told, if it is not done sooner. Ms. */
const WATCH_MS = 30_000;

export interface Deploy {
  /** When the first worker of it was seen. Epoch ms. */
  at: number;
  title: string;
}

/** Notices when workers move to another version, be it new or an old one again. */
export class DeployWatch {
  #running: ReadonlySet<string> | null = null;
  readonly #pending = new Map<string, number>();

  /** Deploys that can be told now, each once. */
  observe(spread: VersionSpread, at: number): Deploy[] {
    const versions = new Set(spread.flatMap(({ version }) => version ?? []));
    // Nobody at work says nothing: the same version coming back is a restart.
    if (versions.size === 0) return [];
    if (this.#running !== null)
      for (const version of versions) if (!this.#running.has(version)) this.#pending.set(version, at);
    this.#running = versions;
    return [...this.#pending].flatMap(([version, since]) => {
      const moved = spread.find((part) => part.version === version)?.workers ?? 0;
      const all = spread.reduce((sum, part) => sum + part.workers, 0);
      if (moved < all && at - since < WATCH_MS) return [];
      this.#pending.delete(version);
      // A canary that was gone before anyone was told.
      return moved === 0 ? [] : [{ at: since, title: `Workers moved to ${version}, ${moved} of ${all}` }];
    });
  }
}
