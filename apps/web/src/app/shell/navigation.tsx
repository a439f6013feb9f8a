import { useQuery } from "@tanstack/react-query";
import {
  ChartNoAxesColumn,
  Gauge,
  History,
  Layers,
  ListChecks,
  type LucideIcon,
  Menu as MenuIcon,
  PanelLeft,
  Server,
} from "lucide-react";
import { NavLink, useNavigate } from "react-router";
import { overviewQuery } from "../../api/queries.ts";
import { useUnderWay } from "../../features/operations/use-operations.ts";
import { reason, useCan } from "../../features/session/use-session.ts";
import { paths } from "../../lib/paths.ts";
import { IconButton } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Menu } from "../../ui/menu.tsx";
import { setTheme } from "../theme.ts";
import { openOverlay } from "./overlay-host.tsx";
import { useViewEntries } from "./view-menu.tsx";
import { useAccountEntries } from "./who-i-am.tsx";

interface Destination {
  to: string;
  text: string;
  icon: LucideIcon;
}

export const destinations: readonly Destination[] = [
  { to: paths.overview(), text: "Overview", icon: Gauge },
  { to: paths.queues(), text: "Queues", icon: Layers },
  { to: paths.workers(), text: "Workers", icon: Server },
  { to: paths.metrics(), text: "Metrics", icon: ChartNoAxesColumn },
  { to: paths.operations(), text: "Operations", icon: ListChecks },
  { to: paths.audit(), text: "Audit", icon: History },
];

export function Rail({ narrow, onFold }: { narrow: boolean; onFold: () => void }) {
  return (
    <nav
      aria-label="Main"
      className={cx(
        "sticky top-13 hidden h-[calc(100dvh-52px)] shrink-0 flex-col gap-0.5 border-r border-line p-2 sm:flex",
        narrow ? "w-13" : "w-13 lg:w-52",
      )}
    >
      {destinations.map((one) => (
        <RailLink key={one.to} narrow={narrow} {...one} />
      ))}
      <IconButton
        label={narrow ? "Widen the navigation" : "Fold the navigation"}
        aria-expanded={!narrow}
        onClick={onFold}
        className="mt-auto max-lg:hidden"
      >
        <PanelLeft size={16} aria-hidden />
      </IconButton>
    </nav>
  );
}

function RailLink({ to, text, icon: Icon, narrow }: Destination & { narrow: boolean }) {
  return (
    <NavLink
      to={to}
      end={to === "/"}
      data-tip={narrow ? text : undefined}
      className={({ isActive }) =>
        cx(
          "flex h-9 items-center gap-3 rounded-md px-2.5 text-sm",
          isActive ? "bg-accent-wash font-medium text-accent" : "text-dim hover:bg-raised hover:text-text",
        )
      }
    >
      <Icon size={16} aria-hidden className="shrink-0" />
      <span className={cx(narrow ? "sr-only" : "max-lg:sr-only")}>{text}</span>
      {to === paths.overview() ? <TroubleCount narrow={narrow} /> : null}
      {to === paths.operations() ? <RunningCount narrow={narrow} /> : null}
    </NavLink>
  );
}

function TroubleCount({ narrow }: { narrow: boolean }) {
  const { data } = useQuery(overviewQuery());
  const listed = data?.trouble ?? [];
  const isBad = listed.some(({ severity }) => severity !== "info");
  const look = isBad ? "bg-danger-wash text-failed" : "bg-accent-wash text-accent";
  return <RailCount count={listed.length} word="need attention" look={look} narrow={narrow} />;
}

function RunningCount({ narrow }: { narrow: boolean }) {
  const { length } = useUnderWay();
  return <RailCount count={length} word="under way" look="bg-accent-wash text-accent" narrow={narrow} />;
}

function RailCount(props: { count: number; word: string; look: string; narrow: boolean }) {
  const { count, word, look, narrow } = props;
  if (count === 0) return null;
  return (
    <span
      className={cx(
        "ml-auto rounded px-1.5 text-xs font-semibold",
        look,
        narrow ? "hidden" : "max-lg:hidden",
      )}
    >
      {count}
      <span className="sr-only"> {word}</span>
    </span>
  );
}

/** What there is no room for at the bottom of a phone. */
const underMore: ReadonlySet<string> = new Set([paths.operations()]);

/** On phones, under the thumb. */
export function BottomBar() {
  const navigate = useNavigate();
  const account = useAccountEntries();
  const running = useUnderWay().length;
  const view = useViewEntries();
  const why = reason(useCan()("marker.create", null));
  const places = destinations.filter(({ to }) => !underMore.has(to));
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-6 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {places.map(({ to, text, icon: Icon }) => (
        <NavLink
          key={to}
          to={to}
          end={to === "/"}
          className={({ isActive }) =>
            cx(
              "flex h-14 flex-col items-center justify-center gap-0.5 text-2xs",
              isActive ? "text-accent" : "text-dim",
            )
          }
        >
          <Icon size={18} aria-hidden />
          {text}
        </NavLink>
      ))}
      <div className="flex h-14 items-center justify-center [&>button]:h-14 [&>button]:w-full [&>button]:flex-col [&>button]:gap-0.5 [&>button]:text-2xs [&>button]:font-normal">
        <Menu
          label="More"
          trigger={
            <>
              <MenuIcon size={18} aria-hidden />
              More
            </>
          }
          entries={[
            {
              key: "operations",
              text: running === 0 ? "Operations" : `Operations (${running} under way)`,
              onPick: () => void navigate(paths.operations()),
            },
            {
              key: "incident",
              text: "Open an incident…",
              disabledReason: why,
              onPick: () => openOverlay("incident"),
            },
            { key: "note", text: "Add a note…", disabledReason: why, onPick: () => openOverlay("note") },
            { key: "since", text: "Show changes since…", onPick: () => openOverlay("since") },
            ...view,
            { key: "light", text: "Light theme", onPick: () => setTheme("light") },
            { key: "dark", text: "Dark theme", onPick: () => setTheme("dark") },
            { key: "system", text: "Theme of the system", onPick: () => setTheme("system") },
            ...account,
          ]}
        />
      </div>
    </nav>
  );
}
