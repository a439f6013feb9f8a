import type { Movement } from "@spillway/contract/schemas";
import { formatRate } from "../../lib/format.ts";
import { Stat, StatLine, Trend } from "../../ui/stat.tsx";
import { rose } from "./movement.ts";

type Flow = Movement["failed_per_min"];

/** How much fails and is retried: now, and before; `when`: before what. */
export function MovementStats({ movement, when }: { movement: Movement; when: string }) {
  return (
    <StatLine>
      <FlowStat label="Failed attempts" flow={movement.failed_attempts_per_min} when={when} bad />
      <FlowStat label="Failed for good" flow={movement.failed_per_min} when={when} bad />
      <FlowStat label="Retried" flow={movement.retried_per_min} when={when} />
    </StatLine>
  );
}

interface FlowStatProps {
  label: string;
  flow: Flow;
  when: string;
  bad?: boolean;
}

function FlowStat({ label, flow, when, bad = false }: FlowStatProps) {
  const risen = rose(flow);
  return (
    <Stat
      label={label}
      value={formatRate(flow.now)}
      unit="per min"
      tone={bad && risen ? "bad" : "plain"}
      note={
        flow.now === null ? (
          "not measured yet"
        ) : flow.before === null ? (
          "nothing to compare with yet"
        ) : (
          <Trend direction={directionOf(flow)} tone={bad && risen ? "bad" : "plain"}>
            <span className="whitespace-normal">
              was {formatRate(flow.before)} {when}
            </span>
          </Trend>
        )
      }
    />
  );
}

function directionOf({ now, before }: Flow): "up" | "down" | "flat" {
  if (now === null || before === null) return "flat";
  const noise = Math.max(0.5, before * 0.1);
  return now > before + noise ? "up" : now < before - noise ? "down" : "flat";
}
