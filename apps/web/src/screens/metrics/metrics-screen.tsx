import type { LoaderFunctionArgs } from "react-router";
import { loadBehind } from "../../api/load.ts";
import { queuesQuery } from "../../api/queries.ts";
import { HistoryView } from "../../features/history-charts/history-view.tsx";
import { type Horizon, horizonFields } from "../../features/history-charts/horizons.ts";
import { loadHistory } from "../../features/history-charts/load-history.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { useUrlState } from "../../features/place/use-place.ts";
import { sinceOf } from "../../features/since/use-since.ts";
import { searchOf } from "../../lib/paths.ts";
import { textField, urlState } from "../../lib/url-state.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { QueuePicker } from "./queue-picker.tsx";

/** Charts of all queues or one; the two addresses of this screen differ in how far they look back unless told. */
export function metricsScreen(fallback: Horizon) {
  const search = urlState({ queue: textField(1000), ...horizonFields(fallback) });
  const loader = async ({ request }: LoaderFunctionArgs) => {
    const { value } = search.parse(searchOf(request));
    const behind = loadBehind(queuesQuery());
    await loadHistory({ ...value, queue: value.queue === "" ? null : value.queue }, sinceOf(request));
    return behind;
  };
  function Component() {
    const { value, fellBack, change, link } = useUrlState(search);
    return (
      <div className="flex flex-col gap-4">
        <PageHeader title="Metrics" note={value.queue === "" ? "all queues together" : value.queue} />
        <FellBackNote fellBack={fellBack} />
        <HistoryView
          window={{ ...value, queue: value.queue === "" ? null : value.queue }}
          link={link}
          picker={<QueuePicker current={value.queue} onPick={(queue) => change({ queue })} />}
        />
      </div>
    );
  }
  return { loader, Component };
}
