import { beginRehearsal } from "../../features/rehearsal/progress.ts";
import { reason, useCan } from "../../features/session/use-session.ts";
import { Button } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Snippet } from "../../ui/snippet.tsx";

const connect = String.raw`npx -y pnpm@12 start \
  --engine bullmq \
  --redis redis://localhost:6379`;
const scenario = "bad-deploy";

/** Their own queues, or a rehearsal. */
export default function FirstRunCard({ onClose }: { onClose: () => void }) {
  const can = useCan();
  const rehearse = async () => {
    onClose();
    await beginRehearsal(scenario, "A deploy is about to break invoices; watch billing");
  };
  return (
    <Panel
      title="Two ways to begin"
      actions={
        <Button size="small" tone="quiet" onClick={onClose}>
          Hide
        </Button>
      }
    >
      <div className="grid gap-6 md:grid-cols-2">
        <div className="flex flex-col items-start gap-2">
          <h3 className="font-medium">Connect your Redis</h3>
          <p className="text-sm text-dim">
            Spillway finds the BullMQ queues in it. Nothing is written until you act.
          </p>
          <Snippet text={connect} label="Copy the command" />
        </div>
        <div className="flex flex-col items-start gap-2">
          <h3 className="font-medium">Rehearse a bad deploy</h3>
          <p className="text-sm text-dim">
            Four minutes: a release breaks invoices here, in this process only. Find it, retry a few, then the
            rest; the steps of the playbook are ticked off as you do them.
          </p>
          <Button
            tone="primary"
            size="small"
            disabledReason={reason(can("scenario.set", null))}
            onClick={() => void rehearse()}
          >
            Start the rehearsal
          </Button>
        </div>
      </div>
    </Panel>
  );
}
