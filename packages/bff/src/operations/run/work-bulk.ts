import type { Ground, Work } from "../ground.ts";
import type { Operation } from "../operation.ts";
import { watchedOf } from "../retried/watched.ts";
import { actOnChunks, type Follower, tellHeld } from "./act-on-chunks.ts";
import { conclude } from "./conclude.ts";

/** Does what was ordered to all jobs, in one go. */
export const workBulk: Work = async (ground, operation, licence) => {
  const ending = await actOnChunks(ground, operation, 0, followerOf(ground, operation));
  tellHeld(operation);
  await conclude(ground, operation, licence, ending);
};

/** Some of the retried jobs are listened for, before they are put back: what completes may be deleted at once. */
function followerOf(ground: Ground, operation: Operation): Follower {
  const { order, jobs } = operation;
  if (jobs === null || order.many !== "retry") return {};
  const watched = watchedOf(operation);
  return {
    before({ positions }) {
      for (const position of positions)
        if (watched.has(position)) ground.follow(order.queue, jobs.id(position));
    },
  };
}
