import { apiUrl } from "../../api/client.ts";
import { Snippet } from "../../ui/snippet.tsx";
import { postAsCurl } from "../session/as-curl.ts";

/** One line in a pipeline makes every deploy a flag in every chart. */
export function MarkDeploys({ queue }: { queue: string | null }) {
  const body = { kind: "deploy", title: "2.14.0", ...(queue === null ? {} : { queue }) };
  return (
    <div className="flex flex-col gap-2 text-sm text-dim">
      <p>
        No deploy, incident, note or action in this window. A change of the workers' version makes a flag by
        itself, as do actions taken here; this line in your pipeline marks any other deploy:
      </p>
      <Snippet text={postAsCurl(apiUrl("createMarker", {}), body)} label="Copy as curl" />
    </div>
  );
}
