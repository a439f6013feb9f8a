import type { Session } from "@spillway/contract/schemas";
import { ChevronDown, FlaskConical } from "lucide-react";
import { useSyncExternalStore } from "react";
import { runWrite } from "../../features/actions/run-write.tsx";
import { beginRehearsal, showSteps, stepsOpen, useSeen } from "../../features/rehearsal/progress.ts";
import { type Section, sectionOf } from "../../features/rehearsal/steps.ts";
import { reason, useCan } from "../../features/session/use-session.ts";
import { Button } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { RehearsalSteps } from "./rehearsal-steps.tsx";

/** Which incident is rehearsed, the choice of another, and the mending of its cause. */
export default function RehearsalLine({ engine }: Pick<Session, "engine">) {
  const can = useCan();
  const why = reason(can("scenario.set", null));
  const section = sectionOf(engine.scenario);
  return (
    <aside
      aria-label="Rehearsal"
      className="flex min-h-9 flex-wrap items-center gap-x-2 px-4 text-xs text-dim sm:px-6"
    >
      <FlaskConical size={14} aria-hidden className="shrink-0" />
      <span className="min-w-0 truncate">
        <span className="max-sm:hidden">
          Rehearsal: these queues live in this process, nothing here is real.{" "}
        </span>
        <span className="sr-only sm:hidden">Rehearsal. </span>
      </span>
      <Menu
        label={`Rehearsing ${engine.scenario ?? "choose a scenario"}, choose another`}
        size="small"
        trigger={
          <>
            {engine.scenario ?? "choose a scenario"}
            <ChevronDown size={12} aria-hidden />
          </>
        }
        entries={engine.scenarios.map((one) => ({
          key: one.name,
          text: `${one.name}: ${one.description}`,
          current: one.name === engine.scenario,
          disabledReason: why,
          onPick: () => void beginRehearsal(one.name, `Rehearsing ${one.name}`),
        }))}
      />
      {engine.scenario === null || engine.scenario === "healthy" ? null : (
        <FixButton scenario={engine.scenario} fixed={engine.scenario_fixed === true} disabledReason={why} />
      )}
      {engine.scenario === null || section === null ? null : (
        <Steps scenario={engine.scenario} section={section} fixed={engine.scenario_fixed === true} />
      )}
    </aside>
  );
}

/** How far one is; opens to what is to be done. */
function Steps({ scenario, section, fixed }: { scenario: string; section: Section; fixed: boolean }) {
  const open = useSyncExternalStore(stepsOpen.subscribe, stepsOpen.get);
  const seen = useSeen(scenario, fixed);
  const done = section.steps.filter((step) => step.isDone(seen)).length;
  return (
    <>
      <Button size="small" tone="quiet" aria-expanded={open} onClick={() => showSteps(!open)}>
        {`${done} of ${section.steps.length} steps`}
      </Button>
      {open ? <RehearsalSteps section={section} seen={seen} /> : null}
    </>
  );
}

/** A rehearsal needs somebody who mends the cause: in life that happens outside the console. */
function FixButton(props: { scenario: string; fixed: boolean; disabledReason: string | null }) {
  const { scenario, fixed, disabledReason } = props;
  if (fixed) return <span>Cause fixed</span>;
  const fix = () =>
    void runWrite({
      endpoint: "setScenario",
      params: {},
      body: { name: scenario, fixed: true },
      tried: "Fixing the cause",
      done: "The cause is fixed; what failed waits to be retried",
    });
  return (
    <Button size="small" disabledReason={disabledReason} onClick={fix}>
      Fix the cause
    </Button>
  );
}
