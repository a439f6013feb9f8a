import { useQuery } from "@tanstack/react-query";
import { apiUrl } from "../../api/client.ts";
import { queueQuery, queuesQuery } from "../../api/queries.ts";
import { serverNow } from "../../ui/use-now.ts";
import { DownloadMenu } from "../downloads/download-menu.tsx";
import { useExport } from "../downloads/use-export.ts";
import { type Window, wholeOf } from "./horizons.ts";

const formats = [
  { format: "csv", text: "CSV, for a spreadsheet" },
  { format: "ndjson", text: "NDJSON, for other tools" },
] as const;

/** Every tick of the window as a file; who took it is on record. */
export function ExportHistory({ window }: { window: Window }) {
  const { queue } = window;
  const { off, why } = useExport("metrics.export", useKnown(queue), questionOf(queue));
  return (
    <DownloadMenu
      formats={formats}
      tone="quiet"
      disabledReason={off}
      url={async (format) => {
        const said = await why();
        if (said === null) return null;
        return apiUrl("exportHistory", {}, { ...wholeOf(window, serverNow()), ...said, format });
      }}
    />
  );
}

/** What the page knows of the queue already, from its own screens or from the picker; null: all of them at once. */
function useKnown(queue: string | null) {
  const { data: own } = useQuery({ ...queueQuery(queue ?? ""), enabled: false });
  const { data: all } = useQuery({ ...queuesQuery(), enabled: false });
  return queue === null ? null : (own ?? all?.items.find(({ name }) => name === queue));
}

const questionOf = (queue: string | null) => ({
  title: queue === null ? "Export the metrics of all queues?" : `Export the metrics of ${queue}?`,
  effect: "Every tick of the window that is shown is downloaded as a file.",
  wayBack: "The metrics stay as they are. Who exported them, and why, is on record.",
});
