import type { JobActionName, SelectionInput } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import { ShapeCache } from "@spillway/triage";
import { ulid } from "ulid";
import { invalid, ProblemError } from "../../http/problem.ts";
import { Budget } from "../../limits/budget.ts";
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
const WHOLE_MS = 2_000;
/** Where nobody could have previewed it, since it is chosen by age or by place. Ms. */
const UNSEEN_MS = 10_000;
/** Asked for again within so long, a count that was not complete goes on; later it begins anew, to meet newer jobs too. Ms. */
const GOES_ON_MS = 60_000;

/** A selection that can be asked for by its token. */
export interface Kept {
  token: string;
  freezing: Freezing;
  /** Epoch ms. */
  expiresAt: number;
  /** By what it goes on if the same is asked for again; null for what was previewed. */
  askedAs: string | null;
}

/** What a request may mean, and of which queue. */
export interface Wanted {
  queue: string;
  action: JobActionName;
  input: SelectionInput;
}

export interface Selections {
  /** Begins to freeze a selection and looks for a moment; ask on by the token until it is complete. */
  preview(wanted: Wanted): Promise<Kept>;
  /** `not_found` as below. */
  queueOf(token: string): string;
  /** Looks on for a moment. `not_found` for a token that is unknown or expired. */
  goOn(token: string): Promise<Kept>;
  /**
   * The whole selection, to act on. `conflict` if nothing is in it, or it is not complete: then with a token to ask on by, and
   * whoever asks for the same again soon goes on where it stopped.
   */
  whole(wanted: Wanted): Promise<Freezing>;
  /** Like `whole`, for what no preview can say. What is asked for again `as` the same goes on. */
  freeze(options: FreezingOptions, as: string): Promise<Freezing>;
  /** Forgets all: another world was loaded. */
  clear(): void;
}

export function createSelections(deps: FreezingDeps & { clock: Clock }): Selections {
  const { engine, clock } = deps;
  /** In the order of their last use. */
  const kept = new Map<string, Kept>();
  /** One for all: what a selection is made of stays, how it was told apart need not. */
  const shapes = new ShapeCache(deps.redactor.value);
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

  function find(token: string): Kept {
    const now = clock.now();
    for (const [old, { expiresAt }] of kept) if (expiresAt <= now) kept.delete(old);
    const found = kept.get(token);
    if (found === undefined) throw noSelection();
    return found;
  }

  function use(token: string): Kept {
    return keep({ ...find(token), expiresAt: clock.now() + KEPT_MS });
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

  async function begin({ queue, action, input }: Wanted): Promise<Freezing> {
    if ("filter" in input) checkFits(action, input.filter.state);
    const filter = "filter" in input ? input.filter : null;
    const freezing = new Freezing({ queue, action, filter }, shapes);
    if ("ids" in input) await freezing.name(engine, input.ids);
    return freezing;
  }

  async function whole(wanted: Wanted): Promise<Freezing> {
    const { queue, action, input } = wanted;
    if ("token" in input) return check(ofToken(wanted, input.token), input.token);
    if ("ids" in input) return check(await begin(wanted));
    return freezeAs(JSON.stringify([queue, action, input.filter]), WHOLE_MS, () => begin(wanted));
  }

  function ofToken({ queue, action }: Wanted, token: string): Freezing {
    const { freezing } = use(token);
    const { options } = freezing;
    if (options.queue !== queue || options.action !== action)
      throw invalid("selection.token", `It was previewed for ${options.action} in ${options.queue}.`);
    return freezing;
  }

  async function freezeAs(as: string, ms: number, make: () => Promise<Freezing>): Promise<Freezing> {
    const since = clock.now() + KEPT_MS - GOES_ON_MS;
    const earlier = kept.values().find(({ askedAs, expiresAt }) => askedAs === as && expiresAt >= since);
    const freezing = earlier?.freezing ?? (await make());
    await look(freezing, ms);
    if (freezing.complete) {
      if (earlier) kept.delete(earlier.token);
      return check(freezing);
    }
    const token = earlier?.token ?? ulid(clock.now());
    keep({ token, freezing, expiresAt: clock.now() + KEPT_MS, askedAs: as });
    return check(freezing, token);
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
    const freezing = await begin(wanted);
    await look(freezing, LOOK_MS);
    return keep({ token: ulid(clock.now()), freezing, expiresAt: clock.now() + KEPT_MS, askedAs: null });
  }

  return {
    preview,
    queueOf: (token) => find(token).freezing.options.queue,
    goOn,
    whole,
    freeze: (options, as) => freezeAs(as, UNSEEN_MS, async () => new Freezing(options, shapes)),
    clear: () => kept.clear(),
  };
}

/** `token`: by which it can be asked on for. */
function check(freezing: Freezing, token?: string): Freezing {
  if (!freezing.complete) {
    const seen = `${freezing.scanned.toLocaleString("en-US")} of ${freezing.total.toLocaleString("en-US")} jobs were looked through`;
    throw new ProblemError(
      "conflict",
      `The selection is not complete yet: ${seen}. Ask for the same again, or get /api/selections/{selection_token} until it is complete and act by that token.`,
      token === undefined ? {} : { selection_token: token },
    );
  }
  if (freezing.jobs.size === 0)
    throw new ProblemError(
      "conflict",
      freezing.missing > 0 ? "None of these jobs exists any more." : "No job matches any more.",
    );
  return freezing;
}

export function noSelection(): ProblemError {
  return new ProblemError(
    "not_found",
    "There is no such selection: it was not used for 15 minutes, or the console was restarted. Preview it again.",
  );
}
