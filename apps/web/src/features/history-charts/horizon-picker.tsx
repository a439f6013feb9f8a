import { Link } from "react-router";
import { cx } from "../../ui/cx.ts";
import { type Horizon, horizonFacts, horizons } from "./horizons.ts";

interface HorizonPickerProps {
  /** Null while a fixed window is shown. */
  current: Horizon | null;
  link: (horizon: Horizon) => string;
}

/** How far back to look; each choice is a place with an address. */
export function HorizonPicker({ current, link }: HorizonPickerProps) {
  return (
    <nav
      aria-label="Horizon"
      className="inline-flex h-8 touch:h-[50px] rounded-md border border-line-strong bg-panel p-0.5"
    >
      {horizons.map((horizon) => (
        <Link
          key={horizon}
          to={link(horizon) || "?"}
          preventScrollReset
          aria-current={horizon === current ? "true" : undefined}
          className={cx(
            "inline-flex items-center rounded px-2.5 text-sm whitespace-nowrap",
            horizon === current
              ? "bg-accent-wash font-medium text-accent"
              : "text-dim hover:bg-raised hover:text-text",
          )}
        >
          {horizonFacts[horizon].text}
        </Link>
      ))}
    </nav>
  );
}
