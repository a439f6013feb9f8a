import type { ErrorShape } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { shapesQuery } from "../../api/queries.ts";
import { plural } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { type JobsSearch, unfiltered } from "./jobs-search.ts";

interface ErrorsLikeProps {
  queue: string;
  /** What no payload holds. */
  words: string;
  link: (next: Partial<JobsSearch>) => string;
}

/** So many errors are offered. */
const most = 3;
const look = "text-accent hover:underline";

/** Words that are in no payload may be those of an error: the failed jobs that say so, else all of them by error. */
export function ErrorsLike({ queue, words, link }: ErrorsLikeProps) {
  const { data } = useQuery({ ...shapesQuery(queue, {}), staleTime: 10_000 });
  if (data === undefined || data.total_failed === 0) return null;
  const errors = data.items.filter((shape) => says(shape, words)).slice(0, most);
  if (errors.length === 0)
    return (
      <Link to={paths.dlq(queue)} className={look}>
        Look at {plural(data.total_failed, "failed job")} by error
      </Link>
    );
  return errors.map(({ id, count, title }) => (
    <Link
      key={id}
      to={link({ ...unfiltered, state: "failed", error_shape: id, page: 1 })}
      className={`${look} [overflow-wrap:anywhere]`}
    >
      {plural(count, "job")} failed with “{title}”
    </Link>
  ));
}

const says = ({ title, message_pattern }: ErrorShape, words: string): boolean =>
  `${title}\n${message_pattern}`.toLowerCase().includes(words.toLowerCase());
