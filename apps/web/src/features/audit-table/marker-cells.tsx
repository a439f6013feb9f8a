import type { Marker } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { markerLooks } from "../history-charts/marker-looks.ts";

type Cell = { marker: Marker };

export const MarkerWhen = ({ marker: { at } }: Cell) => (
  <time dateTime={at} className="text-dim">
    {shownStamp(at)}
  </time>
);

/** Who set it; a deploy that was seen in the workers' versions has nobody. */
export const MarkerWho = ({ marker: { actor } }: Cell) =>
  actor === null ? <span className="text-faint">seen by itself</span> : actor;

export function MarkerKind({ marker: { kind } }: Cell) {
  const { icon: Icon, word } = markerLooks[kind];
  return (
    <span className="inline-flex items-center gap-1.5 text-dim">
      <Icon size={14} aria-hidden className="shrink-0" />
      {word}
    </span>
  );
}

export const MarkerTarget = ({ marker: { queue } }: Cell) =>
  queue === null ? (
    <span className="text-faint">–</span>
  ) : (
    <Link to={paths.queue(queue)} className="hover:text-accent hover:underline">
      {queue}
    </Link>
  );

/** What it says; a link where it has one. */
export const MarkerTitle = ({ marker: { title, link } }: Cell) =>
  link === null ? (
    title
  ) : (
    <a href={link} rel="noreferrer" target="_blank" className="text-accent hover:underline">
      {title}
    </a>
  );
