import type { JobDetail } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queueQuery } from "../../api/queries.ts";
import { runWrite } from "../../features/actions/run-write.tsx";
import { confirm } from "../../features/confirm/confirm.ts";
import { reason, useCan } from "../../features/session/use-session.ts";
import { plural, shortId } from "../../lib/format.ts";

/** A page that somebody forgot hides it again. Ms. */
const SHOWN_FOR_MS = 5 * 60_000;

/** A payload with its secrets. It is held by the page of its job alone, and gone with it. */
export interface Revealed {
  payload: string;
  auditId: string;
}

export interface Reveal {
  /** Null while the redacted one is shown. */
  revealed: Revealed | null;
  /** Whether anything is redacted. */
  isOffered: boolean;
  /** Why it may not be asked for, or null. */
  off: string | null;
  /** Asks for a reason, then shows it. */
  show(): Promise<void>;
  hide(): void;
}

export function useReveal(job: JobDetail): Reveal {
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const { data: summary } = useQuery({ ...queueQuery(job.queue), enabled: false });
  const off = reason(useCan()("job.reveal", summary));
  useEffect(() => {
    if (revealed === null) return;
    const hide = () => setRevealed(null);
    const timer = setTimeout(hide, SHOWN_FOR_MS);
    // A browser may keep the page it leaves, to come back to.
    window.addEventListener("pagehide", hide);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", hide);
    };
  }, [revealed]);
  return {
    revealed,
    isOffered: job.redacted_paths.length > 0 || (job.payload?.includes("[redacted]") ?? false),
    off,
    async show() {
      const found = await ask(job);
      if (found !== null) setRevealed(found);
    },
    hide: () => setRevealed(null),
  };
}

async function ask(job: JobDetail): Promise<Revealed | null> {
  const answer = await confirm(questionOf(job));
  if (answer === null) return null;
  const outcome = await runWrite({
    endpoint: "revealJob",
    params: { queue: job.queue, job_id: job.id },
    body: answer,
    done: "",
    tried: "Showing the redacted values",
    quiet: true,
  });
  if (outcome.outcome !== "success" || outcome.reply.payload === null) return null;
  return { payload: outcome.reply.payload, auditId: outcome.auditId };
}

function questionOf({ id, redacted_paths }: JobDetail) {
  const count = redacted_paths.length;
  const values = count === 0 ? "what is redacted in it" : plural(count, "redacted value");
  return {
    title: `Show the redacted values of ${shortId(id)}?`,
    effect: `Its payload is shown with ${values}: to you, on this page, until you leave it.`,
    consequence: `${whoSees} They see your name, the time, the reason and which fields, not the values.`,
    wayBack: "The job stays as it is. What was seen can't be taken back.",
    act: "Show them",
    action: "job.reveal",
    needsReason: true,
  } as const;
}

export const whoSees = "Everybody who can read the audit will see that you did this.";
