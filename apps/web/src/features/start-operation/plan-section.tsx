import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { PaceFields } from "./pace-fields.tsx";
import { PlanFields } from "./plan-fields.tsx";
import { gateSentence, PlanPicture } from "./plan-picture.tsx";
import type { UsedPlan } from "./use-plan.ts";

interface PlanSectionProps {
  used: UsedPlan;
  matched: number;
  tried: boolean;
}

/** The plan as a picture and a sentence; its fields for those who want another. */
export function PlanSection({ used, matched, tried }: PlanSectionProps) {
  const { plan, sizes } = used;
  const [opened, open] = useState(false);
  return (
    <section aria-label="Plan" className="flex flex-col gap-3">
      {matched === 0 || plan === null ? null : <PlanPicture sizes={sizes} total={matched} gate={plan.gate} />}
      <p className="text-sm">{plan === null ? "Put the plan right first." : gateSentence(plan.gate)}</p>
      {opened ? (
        <>
          <PlanFields plan={used.draft} sizes={sizes} onChange={used.setDraft} />
          <PaceFields {...used} onRate={used.setRate} onReset={used.setReset} tried={tried} />
        </>
      ) : (
        <div>
          <Button size="small" icon={<SlidersHorizontal size={14} aria-hidden />} onClick={() => open(true)}>
            Change phases, gate or pace
          </Button>
        </div>
      )}
    </section>
  );
}
