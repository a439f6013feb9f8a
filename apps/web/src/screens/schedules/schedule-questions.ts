import type { Schedule } from "@spillway/contract/schemas";
import type { Question } from "../../features/confirm/confirm.ts";
import { rhythm } from "./schedule-words.ts";

export type ScheduleAction = "schedule.pause" | "schedule.resume" | "schedule.run" | "schedule.remove";

type Named = (id: string) => string;

export const scheduleWrites: Record<
  ScheduleAction,
  {
    endpoint: "pauseSchedule" | "resumeSchedule" | "runSchedule" | "removeSchedule";
    done: Named;
    tried: Named;
  }
> = {
  "schedule.pause": {
    endpoint: "pauseSchedule",
    done: (id) => `${id} is paused: its runs are skipped until it is resumed`,
    tried: (id) => `Pausing ${id}`,
  },
  "schedule.resume": {
    endpoint: "resumeSchedule",
    done: (id) => `${id} plans runs again`,
    tried: (id) => `Resuming ${id}`,
  },
  "schedule.run": {
    endpoint: "runSchedule",
    done: (id) => `One job of ${id} waits to run; the next planned run stays`,
    tried: (id) => `Running ${id} now`,
  },
  "schedule.remove": {
    endpoint: "removeSchedule",
    done: (id) => `${id} is removed`,
    tried: (id) => `Removing ${id}`,
  },
};

/** What a person is told before a schedule is changed. */
export function scheduleQuestion(action: ScheduleAction, schedule: Schedule, queue: string): Question {
  const { id, task } = schedule;
  switch (action) {
    case "schedule.pause":
      return {
        action,
        title: `Pause ${id}?`,
        effect: `${task} (${rhythm(schedule)}) is no longer added to ${queue}. Jobs already there stay.`,
        wayBack: "Resume plans runs again; those skipped are not made up for.",
        act: "Pause schedule",
      };
    case "schedule.resume":
      return {
        action,
        title: `Resume ${id}?`,
        effect: `${task} is added to ${queue} again, ${rhythm(schedule)}.`,
        wayBack: "Pause stops it again.",
        act: "Resume schedule",
      };
    case "schedule.run":
      return {
        action,
        title: `Run ${id} now?`,
        effect: `One job of ${task} is added to ${queue}. The next planned run stays.`,
        wayBack: "The job can be cancelled while it waits.",
        act: "Run now",
      };
    case "schedule.remove":
      return {
        action,
        title: `Remove ${id}?`,
        effect: `The schedule is deleted: ${task} (${rhythm(schedule)}) is no longer added to ${queue}.`,
        consequence: "Jobs it has already added stay.",
        wayBack: "This can't be undone; the application may add it again when it starts.",
        act: "Remove schedule",
        tone: "danger",
      };
  }
}
