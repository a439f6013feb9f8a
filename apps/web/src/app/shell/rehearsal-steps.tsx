import { Check } from "lucide-react";
import { Link } from "react-router";
import type { Section, Seen } from "../../features/rehearsal/steps.ts";
import { cx } from "../../ui/cx.ts";

/** What the playbook says to the incident that is rehearsed; a step is ticked off once it was done. */
export function RehearsalSteps({ section, seen }: { section: Section; seen: Seen }) {
  return (
    <section aria-label="Steps of the rehearsal" className="basis-full border-t border-line py-2">
      <h2 className="font-medium">{section.title}, as the playbook has it</h2>
      <ol
        className={cx(
          "mt-1 grid w-fit gap-x-5 gap-y-1 touch:gap-y-0 sm:grid-cols-2",
          // More than fit into a line are two even ones.
          section.steps.length > 6 ? "lg:grid-cols-[repeat(4,auto)]" : "lg:flex lg:flex-wrap",
        )}
      >
        {section.steps.map((step, index) => {
          const done = step.isDone(seen);
          return (
            <li key={step.text} className="flex items-baseline gap-1.5">
              <span
                aria-hidden
                className={cx(
                  "flex size-4 shrink-0 items-center justify-center self-center rounded-full border text-2xs",
                  done ? "border-transparent bg-good-wash text-completed" : "border-line-strong text-dim",
                )}
              >
                {done ? <Check size={11} strokeWidth={3} /> : index + 1}
              </span>
              <Link
                to={step.to}
                className={cx("touch:leading-[44px] hover:underline", done ? "text-dim" : "text-accent")}
              >
                {step.text}
                {done ? <span className="sr-only">, done</span> : null}
              </Link>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
