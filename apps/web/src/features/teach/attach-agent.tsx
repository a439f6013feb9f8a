import { Snippet } from "../../ui/snippet.tsx";

const lines = `import { attachSpillway } from "@spillway/worker-agent";

attachSpillway(worker, { version: process.env.RELEASE });`;

/** How a worker comes to tell more of itself than its connection does. */
export const AttachAgent = () => (
  <>
    <p>
      Two lines in the worker add its heartbeat, slots, version and what it runs, and let a running job be
      cancelled:
    </p>
    <Snippet text={lines} label="Copy the lines" />
  </>
);
