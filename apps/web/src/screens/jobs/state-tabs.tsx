import type { Counts, JobState } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { formatCount } from "../../lib/format.ts";
import { cx } from "../../ui/cx.ts";
import { StateIcon, stateWord } from "../../ui/state-badge.tsx";
import { useCurrentInView } from "../../ui/use-current-in-view.ts";
import { states } from "./jobs-search.ts";

interface StateTabsProps {
  current: JobState | null;
  /** What is known; a state without a figure was not looked at. */
  counts: Partial<Counts>;
  any: number | null;
  link: (state: JobState | null) => string;
}

export function StateTabs({ current, counts, any, link }: StateTabsProps) {
  const tabs = useCurrentInView<HTMLElement>(current);
  return (
    <nav
      ref={tabs}
      aria-label="States"
      className="relative flex gap-1 overflow-x-auto rounded-lg border border-line bg-panel p-1"
    >
      <Tab to={link(null)} current={current === null} count={any}>
        any
      </Tab>
      {states.map((state) => (
        <Tab
          key={state}
          to={link(state)}
          current={current === state}
          count={counts[state] ?? null}
          state={state}
        >
          {stateWord(state)}
        </Tab>
      ))}
    </nav>
  );
}

interface TabProps {
  to: string;
  current: boolean;
  count: number | null;
  state?: JobState;
  children: string;
}

function Tab({ to, current, count, state, children }: TabProps) {
  return (
    <Link
      to={to === "" ? "?" : to}
      preventScrollReset
      aria-current={current ? "page" : undefined}
      className={cx(
        "inline-flex h-8 touch:h-[44px] items-center gap-1.5 rounded-md px-2.5 text-sm whitespace-nowrap",
        current ? "bg-accent-wash font-medium text-text" : "text-dim hover:bg-raised hover:text-text",
      )}
    >
      {state === undefined ? null : <StateIcon state={state} size={13} />}
      {children}
      {count === null ? null : (
        <span className={cx("text-xs", count === 0 ? "text-faint" : "text-dim")}>{formatCount(count)}</span>
      )}
    </Link>
  );
}
