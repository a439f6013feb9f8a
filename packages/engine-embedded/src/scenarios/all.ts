import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const ALL: readonly Scenario[] = [healthy];
