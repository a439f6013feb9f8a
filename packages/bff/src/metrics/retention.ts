import type { Session } from "@spillway/contract/schemas";
import type { BffConfig } from "../deps.ts";

/** How much of the past is kept, and how finely. */
export function retentionOf({
  sampleIntervalMs,
  historySamples,
  coarserHistory,
}: BffConfig): Session["retention"]["metrics"] {
  const layers = [{ stepMs: sampleIntervalMs, samples: historySamples }, ...coarserHistory].map(
    ({ stepMs, samples }) => ({
      step_s: stepMs / 1000,
      samples,
      retention_s: (stepMs * samples) / 1000,
    }),
  );
  const finest = layers[0] ?? { step_s: 0, samples: 0 };
  return {
    step_s: finest.step_s,
    samples: layers.reduce((sum, { samples }) => sum + samples, 0),
    retention_s: Math.max(...layers.map(({ retention_s }) => retention_s)),
    layers,
  };
}
