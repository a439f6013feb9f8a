import type { Work } from "../ground.ts";
import { actOnChunks, tellHeld } from "./act-on-chunks.ts";
import { conclude } from "./conclude.ts";

/** Does what was ordered to all jobs, in one go. */
export const workBulk: Work = async (ground, operation, licence) => {
  const ending = await actOnChunks(ground, operation, 0);
  tellHeld(operation);
  await conclude(ground, operation, licence, ending);
};
