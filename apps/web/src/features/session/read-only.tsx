import { Lock } from "lucide-react";
import { Badge } from "../../ui/badge.tsx";
import { useSession } from "./use-session.ts";

/** Beside the environment's name, while nothing may be done on any queue. */
export function ReadOnlyConsole() {
  const { read_only } = useSession();
  return read_only ? <ReadOnly tip="This console shows everything and does nothing, whoever asks." /> : null;
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
