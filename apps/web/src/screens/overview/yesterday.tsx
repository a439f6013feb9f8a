import type { Before } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { yesterdayWords } from "./yesterday-words.ts";

const hour = 3_600_000;

/** What a morning's check compares with, and the hours around it on charts. */
export function Yesterday({ was }: { was: Before }) {
  const at = Date.parse(was.since);
  // Said here again: what else charts know of windows is more than the first screen needs to load.
  const from = new Date(at - hour).toISOString();
  const to = new Date(at + hour).toISOString();
  return (
    <p className="text-xs text-dim">
      <Link
        to={`${paths.metrics()}?${new URLSearchParams({ from, to })}`}
        className="underline underline-offset-2"
      >
        Yesterday at this time
      </Link>
      : {yesterdayWords(was)}.
    </p>
  );
}
