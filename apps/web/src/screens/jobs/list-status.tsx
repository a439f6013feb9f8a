import { ArrowUp } from "lucide-react";
import { formatCount, formatShare, plural } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { ShareBar } from "../../ui/meter.tsx";
import type { Scan } from "./scan.ts";
import type { Scanning } from "./use-scan.ts";

/** How far a walk has come, whether it goes on, and how to stop it. */
export function ScanStatus({ scanning, filtered }: { scanning: Scanning; filtered: boolean }) {
  const { scan, running, stop, goOn, error } = scanning;
  if (scan === undefined) return <span role="status">{error === null ? "Searching…" : ""}</span>;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1" role="status">
      <span>{scanWords(scan, filtered)}</span>
      {filtered && !scan.complete ? (
        <span className="w-24">
          <ShareBar share={shareOf(scan)} label={`scanned ${formatShare(shareOf(scan))}`} />
        </span>
      ) : null}
      {running ? (
        <Button size="small" onClick={stop}>
          Stop
        </Button>
      ) : scan.complete ? null : (
        <Button size="small" onClick={goOn}>
          {filtered ? "Continue" : "Show more"}
        </Button>
      )}
      {error === null ? null : <span className="text-failed">The search broke off: {error.message}</span>}
    </div>
  );
}

const shareOf = (scan: Scan): number => (scan.total === 0 ? 1 : scan.scanned / scan.total);

/** `14 of 43,914 match so far · scanned 100 %` */
export function scanWords(scan: Scan, filtered: boolean): string {
  if (!filtered) {
    const shown = plural(scan.jobs.length, "job");
    return scan.complete ? shown : `the first ${shown} of ${formatCount(scan.total)}`;
  }
  if (scan.complete)
    return `${formatCount(scan.matches)} of ${plural(scan.total, "job")} match · scanned 100 %`;
  const share = Math.min(shareOf(scan), 0.99);
  return `${formatCount(scan.matches)} of ${plural(scan.total, "job")} match so far · scanned ${formatShare(share)}`;
}

interface UpdatesProps {
  /** Something changed that is not shown. */
  waiting: boolean;
  /** How many more there are than when the rows were read; null where that can't be told. */
  more: number | null;
  onShow: () => void;
}

/** Rows stay where they are while they are read, selected, or were long to find; this brings what changed. */
export function Updates({ waiting, more, onShow }: UpdatesProps) {
  if (!waiting) return null;
  return (
    <div className="pointer-events-none sticky top-35 z-10 flex h-0 justify-center">
      <button
        type="button"
        onClick={onShow}
        className="pointer-events-auto -mt-1 inline-flex h-8 items-center gap-1.5 rounded-full border border-line-strong bg-panel px-3 text-sm text-accent shadow-float hover:bg-raised"
      >
        <ArrowUp size={14} aria-hidden />
        {/* Said once: the number grows with every sample. */}
        <span role="status" className="sr-only">
          These rows are held still.
        </span>
        {more !== null && more > 0 ? `${formatCount(more)} new` : "Show what changed"}
      </button>
    </div>
  );
}
