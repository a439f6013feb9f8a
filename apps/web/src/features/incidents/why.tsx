import { Siren } from "lucide-react";
import { Badge } from "../../ui/badge.tsx";

interface WhyProps {
  reason: string | null;
  incident: string | null;
  /** There is room for both: else the reason has it, and the incident is a sign that names it. */
  roomy?: boolean;
}

/** Why something was done, in the words of who did it, and the incident it belongs to. */
export function Why({ reason, incident, roomy = false }: WhyProps) {
  if (reason === null && incident === null) return <span className="text-faint">no reason given</span>;
  const tip = [reason, incident].filter((part) => part !== null).join(" · ");
  return (
    <span className="inline-flex max-w-full items-center gap-2" data-tip={tip}>
      {reason === null ? null : <span className="min-w-0 truncate">“{reason}”</span>}
      {incident === null ? null : roomy || reason === null ? (
        <Badge>{incident}</Badge>
      ) : (
        <Siren size={13} role="img" aria-label={`incident ${incident}`} className="shrink-0 text-dim" />
      )}
    </span>
  );
}
