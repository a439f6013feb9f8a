import { Lock } from "lucide-react";
import { Badge } from "../../ui/badge.tsx";
import { lookerOf, useSession } from "./use-session.ts";

/** Beside the environment's name, while nothing may be done on any queue: by anybody, or by who looks. */
export function ReadOnlyConsole() {
  const session = useSession();
  const roles = lookerOf(session);
  if (session.read_only)
    return <ReadOnly tip="This console shows everything and does nothing, whoever asks." />;
  return roles === null ? null : (
    <ReadOnly
      tip={`As ${roles} you see everything and change nothing. Whoever runs this console gives roles.`}
    />
  );
}

/** Beside the name of a queue on which nothing may be done though on others it may. */
export function ReadOnlyQueue({ queue }: { queue: { read_only: boolean } }) {
  const { read_only } = useSession();
  return queue.read_only && !read_only ? (
    <ReadOnly tip="Nothing may be done on this queue from here." />
  ) : null;
}

const ReadOnly = ({ tip }: { tip: string }) => (
  <Badge tip={tip}>
    <Lock size={12} aria-hidden />
    read-only
  </Badge>
);
