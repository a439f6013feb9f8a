import type { LoaderFunctionArgs } from "react-router";
import { HistoryView } from "../../features/history-charts/history-view.tsx";
import { horizonFields } from "../../features/history-charts/horizons.ts";
import { loadHistory } from "../../features/history-charts/load-history.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { usePlace, useUrlState } from "../../features/place/use-place.ts";
import { sinceOf } from "../../features/since/use-since.ts";
import { placeOf, searchOf } from "../../lib/paths.ts";
import { urlState } from "../../lib/url-state.ts";

const search = urlState(horizonFields("1h"));

export const loader = ({ request }: LoaderFunctionArgs) =>
  loadHistory({ ...search.parse(searchOf(request)).value, queue: placeOf(request).queue }, sinceOf(request));

export function Component() {
  const { queue } = usePlace();
  const { value, fellBack, link } = useUrlState(search);
  return (
    <>
      <FellBackNote fellBack={fellBack} />
      <HistoryView window={{ ...value, queue }} link={link} />
    </>
  );
}
