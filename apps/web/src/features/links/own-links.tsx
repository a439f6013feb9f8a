import type { Session } from "@spillway/contract/schemas";
import { fillLink } from "../../lib/fill-link.ts";
import { useSession } from "../session/use-session.ts";

type On = Session["links"][number]["on"];
/** What a link may hold; null where the thing at hand has none, and then links that need it are left out. */
type Names = Readonly<Record<string, string | null>>;

/** The ways out that whoever runs this console configured: to logs, orchestrator, runbook. */
export function useOwnLinks(on: On, names: Names): { label: string; href: string }[] {
  return useSession()
    .links.filter((one) => one.on === on)
    .flatMap(({ label, url }) => {
      const href = fillLink(url, names);
      return href === null ? [] : [{ label, href }];
    });
}

export function OwnLinks({ on, names, className = "" }: { on: On; names: Names; className?: string }) {
  return useOwnLinks(on, names).map(({ label, href }) => (
    <a
      key={`${label} ${href}`}
      href={href}
      target="_blank"
      rel="noreferrer"
      className={`mr-2 text-xs text-accent hover:underline ${className}`}
    >
      {label} ↗
    </a>
  ));
}
