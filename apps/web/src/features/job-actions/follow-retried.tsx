import type { ReactNode } from "react";
import { Link } from "react-router";
import { formatAge, formatCount, shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { type Fate, type Following, fateWords, followedMs, followToEnd } from "./follow.ts";

/** What a message says of an action. */
export interface Told {
  outcome: "success" | "failed" | "unknown" | "running";
  title: string;
  children?: ReactNode;
}

/** How many jobs that are still open are named one by one. */
const mostNamed = 5;

/**
 * Tells what becomes of jobs that were retried, until all have ended or a minute has passed. Then what is open is no
 * success yet: the message stays, names those jobs and says that nobody looks any more.
 */
export async function followRetried(
  queue: string,
  ids: readonly string[],
  told: Told,
  show: (next: Told) => void,
  following: Partial<Following> = {},
): Promise<void> {
  const say = (outcome: Told["outcome"], lines: readonly ReactNode[]) =>
    show({ ...told, outcome, children: <Lines lines={told.children ? [told.children, ...lines] : lines} /> });
  const seen = (now: readonly Fate[]) => say("running", [fateWords(now)]);
  const fates = await followToEnd(queue, ids, { seen, ...following });
  const open = ids.filter((_, index) => fates[index] === "open");
  const worse = fates.includes("failed again") || told.outcome === "failed";
  const outcome = worse ? "failed" : open.length > 0 ? "unknown" : told.outcome;
  say(outcome, [
    fateWords(fates),
    ...(open.length === 0 ? [] : [<StillOpen key="open" queue={queue} ids={open} />]),
  ]);
}

function StillOpen({ queue, ids }: { queue: string; ids: readonly string[] }) {
  const more = ids.length - mostNamed;
  return (
    <>
      Still open after {formatAge(followedMs / 1000)}; no longer followed:{" "}
      {ids.slice(0, mostNamed).map((id) => (
        <Link
          key={id}
          to={paths.job(queue, id)}
          className="mr-2 font-mono text-xs text-accent hover:underline"
        >
          {shortId(id)}
        </Link>
      ))}
      {more > 0 ? `and ${formatCount(more)} more` : null}
    </>
  );
}

const Lines = ({ lines }: { lines: readonly ReactNode[] }) =>
  lines.map((line, index) => (
    <span key={`${index}`} className="block">
      {line}
    </span>
  ));
