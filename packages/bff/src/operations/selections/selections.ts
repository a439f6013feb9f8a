import type { JobActionName, SelectionInput } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import { ShapeCache } from "@spillway/triage";
import { ulid } from "ulid";
import { invalid, ProblemError } from "../../http/problem.ts";
import { Budget } from "../../triage/budget.ts";
import { checkFits } from "./fits.ts";
import { Freezing, type FreezingDeps, type FreezingOptions } from "./freezing.ts";

/** A token is good for so long after it was last asked for. Ms. */
const KEPT_MS = 15 * 60_000;
/** All selections together; the one used longest ago goes first. */
const MOST_TOKENS = 100;
const MOST_JOBS = 2_500_000;
/** How long one request looks on. Ms. */
const LOOK_MS = 800;
/** How long a request that needs the whole selection waits for it. Ms. */
const WHOLE_MS = 10_000;

/** A selection that can be asked for by its token. */
export interface Kept {
  token: string;
  freezing: Freezing;
  /** Epoch ms. */
  expiresAt: number;
}

/** What a request may mean, and of which queue. */
interface Wanted {
  queue: string;
  action: JobActionName;
  input: SelectionInput;
}

export interface Selections {
  /** Begins to freeze a selection and looks for a moment; ask on by the token until it is complete. */
  preview(wanted: Wanted): Promise<Kept>;
  /** Looks on for a moment. `not_found` for a token that is unknown or expired. */
  goOn(token: string): Promise<Kept>;
  /** The whole selection, to act on. `conflict` if it is not complete, or nothing is in it. */
  whole(wanted: Wanted): Promise<Freezing>;
  /** Like `whole`, for what no preview can say. */
  freeze(options: FreezingOptions): Promise<Freezing>;
  /** Forgets all: another world was loaded. */
  clear(): void;
}

export function createSelections(deps: FreezingDeps & { clock: Clock }): Selections {
  const { engine, clock } = deps;
  /** In the order of their last use. */
  const kept = new Map<string, Kept>();
  /** One for all: what a selection is made of stays, how it was told apart need not. */
  const shapes = new ShapeCache();
  const underWay = new WeakMap<Freezing, Promise<void>>();

  /** Two who ask at once look once. */
  function look(freezing: Freezing, ms: number): Promise<void> {
    const going =
      underWay.get(freezing) ??
      freezing
        .goOn(deps, new Budget(clock, { jobs: Number.POSITIVE_INFINITY, ms }))
        .finally(() => underWay.delete(freezing));
    underWay.set(freezing, going);
    return going;
  }

  function use(token: string): Kept {
    const now = clock.now();
    for (const [old, { expiresAt }] of kept) if (expiresAt <= now) kept.delete(old);
    const found = kept.get(token);
    if (found === undefined)
      throw new ProblemError(
        "not_found",
        "There is no such selection: it was not used for 15 minutes, or the console was restarted. Preview it again.",
      );
    return keep({ ...found, expiresAt: now + KEPT_MS });
  }

  function keep(one: Kept): Kept {
    kept.delete(one.token);
    kept.set(one.token, one);
    let jobs = kept.values().reduce((sum, { freezing }) => sum + freezing.jobs.size, 0);
    for (const [token, { freezing }] of kept) {
      if (kept.size <= MOST_TOKENS && jobs <= MOST_JOBS) break;
      if (token === one.token) break;
      kept.delete(token);
      jobs -= freezing.jobs.size;
    }
    return one;
  }

  async function begin({ queue, action, input }: Wanted, ms: number): Promise<Freezing> {
    if ("filter" in input) checkFits(action, input.filter.state);
    const filter = "filter" in input ? input.filter : null;
    const freezing = new Freezing({ queue, action, filter }, shapes);
    if ("ids" in input) await freezing.name(engine, input.ids);
    else await look(freezing, ms);
    return freezing;
  }

  async function whole(wanted: Wanted): Promise<Freezing> {
    const { input } = wanted;
    const freezing = "token" in input ? ofToken(wanted, input.token) : await begin(wanted, WHOLE_MS);
    return check(freezing);
  }

  function ofToken({ queue, action }: Wanted, token: string): Freezing {
    const { freezing } = use(token);
    const { options } = freezing;
    if (options.queue !== queue || options.action !== action)
      throw invalid("selection.token", `It was previewed for ${options.action} in ${options.queue}.`);
    return freezing;
  }

  async function freeze(options: FreezingOptions): Promise<Freezing> {
    const freezing = new Freezing(options, shapes);
    await look(freezing, WHOLE_MS);
    return check(freezing);
  }

  async function goOn(token: string): Promise<Kept> {
    await look(use(token).freezing, LOOK_MS);
    return use(token);
  }

  async function preview(wanted: Wanted): Promise<Kept> {
    const { input } = wanted;
    if ("token" in input) {
      ofToken(wanted, input.token);
      return goOn(input.token);
    }
    const freezing = await begin(wanted, LOOK_MS);
    return keep({ token: ulid(clock.now()), freezing, expiresAt: clock.now() + KEPT_MS });
  }

  return { preview, goOn, whole, freeze, clear: () => kept.clear() };
}

function check(freezing: Freezing): Freezing {
  if (!freezing.complete) {
    const seen = `${freezing.scanned.toLocaleString("en-US")} of ${freezing.total.toLocaleString("en-US")} jobs were looked through`;
    throw new ProblemError(
      "conflict",
      `The selection is not complete yet: ${seen}. Preview it and ask on until it is complete.`,
    );
  }
  if (freezing.jobs.size === 0)
    throw new ProblemError(
      "conflict",
      freezing.missing > 0 ? "None of these jobs exists any more." : "No job matches any more.",
    );
  return freezing;
}
