import type { Schedule } from "@spillway/contract/schemas";
import type { Action } from "@spillway/contract/table";
import { useQuery } from "@tanstack/react-query";
import { queueQuery } from "../../api/queries.ts";
import { runWrite } from "../../features/actions/run-write.tsx";
import { confirm } from "../../features/confirm/confirm.ts";
import { reason, useCan, useSession } from "../../features/session/use-session.ts";
import { Button } from "../../ui/button.tsx";
import { type ScheduleAction, scheduleQuestion, scheduleWrites } from "./schedule-questions.ts";

interface ScheduleActionsProps {
  queue: string;
  schedule: Schedule;
}

/** What may be done to one schedule; what the engine can't do says why. */
export function ScheduleActions({ queue, schedule }: ScheduleActionsProps) {
  const session = useSession();
  const can = useCan();
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const able = (name: "schedule_pause" | "schedule_run") =>
    reason(summary?.capabilities[name] ?? session.engine.capabilities[name] ?? true);
  const why = (action: Action, unable: string | null = null) => reason(can(action, summary)) ?? unable;
  const run = async (action: ScheduleAction) => {
    const asks = action === "schedule.remove" || session.policy.reason_required.includes(action);
    const answer = asks ? await confirm(scheduleQuestion(action, schedule, queue)) : {};
    if (answer === null) return;
    const { endpoint, done, tried } = scheduleWrites[action];
    const params = { queue, schedule_id: schedule.id };
    await runWrite({ endpoint, params, body: answer, done: done(schedule.id), tried: tried(schedule.id) });
  };
  return (
    <div className="relative z-1 flex justify-end gap-1.5 max-sm:mt-1 max-sm:w-full">
      {schedule.paused ? (
        <Button
          size="small"
          disabledReason={why("schedule.resume", able("schedule_pause"))}
          onClick={() => run("schedule.resume")}
        >
          Resume
        </Button>
      ) : (
        <Button
          size="small"
          disabledReason={why("schedule.pause", able("schedule_pause"))}
          onClick={() => run("schedule.pause")}
        >
          Pause
        </Button>
      )}
      <Button
        size="small"
        disabledReason={why("schedule.run", able("schedule_run"))}
        onClick={() => run("schedule.run")}
      >
        Run now
      </Button>
      <Button size="small" disabledReason={why("schedule.remove")} onClick={() => run("schedule.remove")}>
        Remove…
      </Button>
    </div>
  );
}
