import type { ErrorShape, JobSummary, Marker, Shapes } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { shapeRetriesQuery } from "../../api/queries.ts";
import { RetryInPhases } from "../../features/start-operation/retry-in-phases.tsx";
import { askedOf, type DlqSearch } from "./dlq-search.ts";
import { RetrySamples } from "./samples.tsx";
import { ShapeCard } from "./shape-card.tsx";

interface ShapeCardsProps {
  queue: string;
  search: DlqSearch;
  link: (next: Partial<DlqSearch>) => string;
  /** Those to show, of all that were told. */
  shapes: readonly ErrorShape[];
  all: Shapes;
  markers: readonly Marker[];
  open: ErrorShape | undefined;
  fresh: ReadonlySet<string>;
  /** The samples of the open one. */
  jobs: readonly JobSummary[];
  /** How many of them are still being read. */
  coming: number;
  /** What is shown of them. */
  children: ReactNode;
}

/** A card for each way to fail, the commonest first; one of them open. */
export function ShapeCards({
  queue,
  search,
  link,
  shapes,
  all,
  open,
  jobs,
  coming,
  children,
  ...rest
}: ShapeCardsProps) {
  const { data: retries } = useQuery(shapeRetriesQuery(queue));
  return shapes.map((shape) => {
    const isOpen = shape.id === open?.id;
    return (
      <ShapeCard
        key={shape.id}
        queue={queue}
        shape={shape}
        markers={rest.markers}
        fresh={rest.fresh.has(shape.id)}
        open={isOpen}
        toggle={link({ shape: isOpen ? "none" : shape.id, samples: "few" }) || "?"}
        retrying={retryingSo(all, shape.id)}
        retries={retries?.items.find(({ shape_id }) => shape_id === shape.id)}
        retry={
          <>
            <RetryInPhases
              queue={queue}
              filter={{ ...askedOf(search), error_shape: shape.id }}
              tone={isOpen ? "primary" : "default"}
            />
            {isOpen ? <RetrySamples queue={queue} jobs={jobs} coming={coming} /> : null}
          </>
        }
      >
        {children}
      </ShapeCard>
    );
  });
}

const retryingSo = ({ still_retrying: { by_shape } }: Shapes, id: string): number =>
  by_shape.find(({ shape_id }) => shape_id === id)?.count ?? 0;
