import { MOST_EXPORTED } from "@spillway/contract/table";
import { useQuery } from "@tanstack/react-query";
import { apiUrl } from "../../api/client.ts";
import { queueQuery } from "../../api/queries.ts";
import { DownloadMenu } from "../../features/downloads/download-menu.tsx";
import { useExport } from "../../features/downloads/use-export.ts";
import { formatCount } from "../../lib/format.ts";
import { askedOf, type JobsSearch } from "./jobs-search.ts";

const most = `up to ${formatCount(MOST_EXPORTED)} jobs`;
const formats = [
  { format: "csv", text: `CSV, ${most}` },
  { format: "ndjson", text: `NDJSON, ${most}` },
] as const;

/** All jobs that match as a file, as the list shows them; who took it is on record. */
export function ExportJobs({ queue, search }: { queue: string; search: JobsSearch }) {
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const { off, why } = useExport("queue.export", summary, questionOf(queue));
  const { size: _, ...which } = askedOf(search);
  return (
    <DownloadMenu
      formats={formats}
      tone="quiet"
      disabledReason={off}
      url={async (format) => {
        const said = await why();
        return said === null ? null : apiUrl("exportJobs", { queue }, { ...which, ...said, format });
      }}
    />
  );
}

const questionOf = (queue: string) => ({
  title: `Export jobs of ${queue}?`,
  effect: `The jobs that match are downloaded as a file, ${most}, without what is redacted.`,
  wayBack: "The jobs stay as they are. Who exported them, and why, is on record.",
});
