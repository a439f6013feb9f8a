import { EmptyState } from "../../ui/empty-state.tsx";
import { Snippet } from "../../ui/snippet.tsx";
import { useSession } from "../session/use-session.ts";

const command = String.raw`npx -y pnpm@12 start \
  --engine bullmq \
  --redis redis://localhost:6379/0 \
  --prefix bull`;

/** No queue at all: most often one looks into the wrong place. */
export default function FindQueues() {
  const { engine } = useSession();
  if (engine.kind !== "bullmq")
    return (
      <EmptyState title="The engine has no queues yet">
        <div className="flex flex-col items-center gap-3">
          <p>
            A queue appears here with its first job, within one sample. To see your own, connect their Redis:
          </p>
          <Snippet text={command} label="Copy the command" />
        </div>
      </EmptyState>
    );
  return (
    <EmptyState title={`No queue is found in ${engine.name}`}>
      <div className="flex flex-col items-center gap-3">
        <p>
          A queue appears here with its first job, within one sample. If yours has some, this may be another
          database or another prefix than it has: BullMQ's own is <code className="font-mono">bull</code>.
        </p>
        <Snippet text={command} label="Copy the command" />
      </div>
    </EmptyState>
  );
}
