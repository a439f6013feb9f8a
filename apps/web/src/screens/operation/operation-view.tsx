import { buildQuery } from "@spillway/contract/paths";
import type { Operation } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { addressOf, operationQuery } from "../../api/queries.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { isUnderWay } from "../../features/operations/is-under-way.ts";
import { OperationStateBadge } from "../../features/operations/operation-state.tsx";
import { currentPhase, operationName } from "../../features/operations/operation-words.ts";
import { paths } from "../../lib/paths.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { HeldPanel } from "./held-panel.tsx";
import type { OperationCommand } from "./operation-commands.ts";
import { OperationFacts } from "./operation-facts.tsx";
import { operationNote } from "./operation-note.ts";
import { PhaseList } from "./phase-list.tsx";
import { Story } from "./story.tsx";

interface OperationViewProps {
  operation: Operation;
  /** Why a command can't be given by whoever looks, or null. */
  off: (command: OperationCommand) => string | null;
  onCommand: (command: OperationCommand) => void;
  /** What a pause of it does not hold. */
  stillRuns?: ReactNode;
  /** The table of outcomes. */
  children: ReactNode;
}

/** An operation from head to toe; knows nothing of where it comes from. */
export function OperationView({ operation, off, onCommand, stillRuns, children }: OperationViewProps) {
  return (
    <div className="flex flex-col gap-4">
      <Head operation={operation} off={off} onCommand={onCommand} />
      <Story operation={operation} stillRuns={stillRuns} />
      <HeldPanel
        operation={operation}
        off={{ undo: off("undo"), purge: off("purge") }}
        onUndo={() => onCommand("undo")}
        onPurge={() => onCommand("purge")}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-4">
          {operation.phases.length === 0 ? null : (
            <PhaseList
              operation={operation}
              advance={<Advance operation={operation} off={off} onCommand={onCommand} />}
            />
          )}
          {children}
        </div>
        <OperationFacts operation={operation} />
      </div>
    </div>
  );
}

type HeadProps = Omit<OperationViewProps, "children">;

/** `Retry in phases · billing`, who and why, and the hand on the valve. */
function Head({ operation, off, onCommand }: HeadProps) {
  const { queue, actor, incident, reason, state } = operation;
  const button = (command: OperationCommand, text: string) => (
    <Button
      disabledReason={off(command)}
      className={cx(command === "cancel" && off(command) === null && "text-failed!")}
      onClick={() => onCommand(command)}
    >
      {text}
    </Button>
  );
  return (
    <PageHeader
      crumbs={<Link to={paths.operations()}>Operations</Link>}
      title={
        <>
          {operationName(operation)} ·{" "}
          <Link to={paths.queue(queue)} className="hover:text-accent">
            {queue}
          </Link>
        </>
      }
      note={
        <>
          <OperationStateBadge operation={operation} />
          <span>{actor}</span>
          {incident === null ? null : (
            <Link to={`${paths.audit()}${buildQuery({ incident })}`} data-tip="All of this incident">
              <Badge>{incident}</Badge>
            </Link>
          )}
          {reason === null ? null : <span className="[overflow-wrap:anywhere]">“{reason}”</span>}
        </>
      }
      actions={
        <div className="flex flex-wrap items-center gap-2">
          {state === "running" || state === "awaiting_verdict" ? button("pause", "Pause") : null}
          {state === "paused" ? button("resume", "Go on") : null}
          {/* What stands still already can only be ended. */}
          {isUnderWay(operation)
            ? button("cancel", state === "awaiting_operator" ? "End it…" : "Stop…")
            : null}
          <CopyNoteButton
            asked={() => addressOf(operationQuery(operation.id).queryKey)}
            note={() => operationNote(operation)}
          />
        </div>
      }
    />
  );
}

/** Beside the next phase, once the one before is at an end of its own or is being judged. */
function Advance({ operation, off, onCommand }: HeadProps) {
  const { state } = operation;
  if (state !== "awaiting_verdict" && state !== "awaiting_operator") return null;
  const well = currentPhase(operation)?.state === "passed";
  return (
    <Button
      size="small"
      tone={state === "awaiting_operator" && well ? "primary" : "default"}
      disabledReason={off("advance")}
      onClick={() => onCommand("advance")}
    >
      {state === "awaiting_operator" && !well ? "Advance anyway…" : "Advance now…"}
    </Button>
  );
}
