import type { Before } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { windowBetween } from "../../features/history-charts/horizons.ts";
import { paths } from "../../lib/paths.ts";
import { yesterdayWords } from "./yesterday-words.ts";

const hour = 3_600_000;

/** What a morning's check compares with, and the hours around it on charts. */
export function Yesterday({ was }: { was: Before }) {
  const at = Date.parse(was.since);
  const window = new URLSearchParams({ ...windowBetween(at - hour, at + hour) });
  return (
    <p className="text-xs text-dim">
      <Link to={`${paths.metrics()}?${window}`} className="underline underline-offset-2">
        Yesterday at this time
      </Link>
      : {yesterdayWords(was)}.
    </p>
  );
}
