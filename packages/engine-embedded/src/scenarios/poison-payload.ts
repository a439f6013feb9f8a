import { payloadBroken } from "./errors.ts";
import { liveOrdinarily } from "./ordinary-life.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";

const MINUTE = 60_000;
const IMPORT_EVERY_MS = 100_000;
/** A file where lines should be. Short of it, the payload looks like any other. */
const POISON = "<invoices encoding=";
const CUT_OFF = '{"tenant":"tenant-88","invoice":"inv_7731902","amount_cents":';

/** The import sends a broken invoice at once and another one every while; each is retried for about ten minutes. */
function addPoison(stage: Stage, number: number): void {
  if (stage.fixed) return;
  const invoice = `inv_773${String(number).padStart(4, "0")}`;
  const shared = { tenant: "tenant-88", imported_from: "legacy.xml", lines: `${POISON}"latin-1"/>` };
  stage.add({
    queue: "billing",
    task: "invoice.charge",
    payload: { ...shared, invoice, amount_cents: -1 },
    options: { id: `legacy/${invoice}`, attempts: 12, backoff: { type: "fixed", delayMs: 4000 } },
  });
}

/** A batch that eats all memory: it takes its worker down, comes back when its lock runs out, and does it again. */
function addKiller(stage: Stage): void {
  if (stage.fixed) return;
  const lines = `${POISON}"latin-1"/>${"<line/>".repeat(20_000)}`;
  const payload = { tenant: "tenant-88", imported_from: "legacy.xml", lines };
  stage.add({ queue: "billing", task: "invoice.batch", payload, options: { attempts: 2 } });
  stage.world.agenda.after(4 * MINUTE, () => addKiller(stage));
}

export const poisonPayload: Scenario = {
  name: "poison-payload",
  description:
    "Imported invoices of tenant-88 can't be parsed: some are retried without end, some kill their worker.",
  queues: ["billing"],
  begin: (stage) => {
    liveOrdinarily(stage);
    const { random } = stage;
    const charge = stage.behaviour("invoice.charge");
    const batch = stage.behaviour("invoice.batch");
    stage.behave("invoice.charge", (job, worker) => {
      if (job.payload === CUT_OFF)
        return { ms: 15, error: payloadBroken(CUT_OFF.length), unrecoverable: true };
      if (stage.fixed || !job.payload.includes(POISON)) return charge(job, worker);
      const logs = [{ part: 0.1, text: "parsing lines, this is slow" }];
      return { ms: random.integer(30_000, 70_000), logs, error: payloadBroken(random.integer(1, 9)) };
    });
    stage.behave("invoice.batch", (job, worker) =>
      !stage.fixed && job.payload.includes(POISON) ? { ms: 8000, crash: true } : batch(job, worker),
    );
    stage.minutesAgo(11, () => {
      for (const number of [4, 9, 17]) addPoison(stage, number);
    });
    const importOn = (number: number): void => {
      addPoison(stage, number);
      stage.world.agenda.after(IMPORT_EVERY_MS, () => importOn(number + 1));
    };
    stage.minutesAgo(9, () => importOn(23));
    for (const minutes of [10, 8, 5]) {
      stage.minutesAgo(minutes, () =>
        stage.add({ queue: "billing", task: "invoice.charge", payload: CUT_OFF, options: { attempts: 3 } }),
      );
    }
    stage.minutesAgo(9.5, () => addKiller(stage));
  },
};
