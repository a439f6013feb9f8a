import { Monitor, Moon, Search, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Link } from "react-router";
import { LiveIndicator } from "../../features/live/live-indicator.tsx";
import { EnvironmentName } from "../../features/session/environment-name.tsx";
import { ReadOnlyConsole } from "../../features/session/read-only.tsx";
import { useSession } from "../../features/session/use-session.ts";
import { paths } from "../../lib/paths.ts";
import { IconButton } from "../../ui/button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { lazily } from "../../ui/lazily.tsx";
import { Mark } from "../../ui/mark.tsx";
import { setTheme, theme } from "../theme.ts";
import { openOverlay } from "./overlay-host.tsx";
import { ViewMenu } from "./view-menu.tsx";
import { WhoIAm } from "./who-i-am.tsx";

const IncidentMenu = lazily(
  () => import("./incident-menu.tsx"),
  <span className="min-w-32 max-xl:min-w-12 max-sm:hidden" />,
);

export function TopBar() {
  const { engine } = useSession();
  return (
    <header className="sticky top-0 z-20 flex h-13 items-center gap-3 border-b border-line bg-panel px-3 sm:px-4">
      <Link
        to={paths.overview()}
        aria-label="Spillway, overview"
        className="flex items-center gap-2 font-semibold tracking-tight touch:min-h-[44px] touch:min-w-[36px]"
      >
        <Mark />
        <span className="hidden lg:inline">Spillway</span>
      </Link>
      <EnvironmentName />
      <ReadOnlyConsole />
      <span
        className="hidden max-w-64 truncate text-xs text-dim lg:inline"
        data-tip={engine.version === null ? engine.name : `${engine.name}, version ${engine.version}`}
      >
        {engine.name}
        {engine.status.status === "down" ? <span className="font-medium text-failed"> · down</span> : null}
      </span>
      <SearchTrigger />
      <IncidentMenu />
      <LiveIndicator />
      <ViewMenu />
      <WhoIAm />
      <ThemeSwitch />
    </header>
  );
}

function SearchTrigger() {
  return (
    <>
      <button
        type="button"
        onClick={() => openOverlay("palette")}
        className="mx-auto hidden h-8 w-full max-w-md min-w-0 items-center gap-2 rounded-md border border-line bg-ground px-2.5 text-sm text-faint hover:border-line-strong md:flex"
      >
        <Search size={14} aria-hidden className="shrink-0" />
        <span className="truncate">Job id, queue or screen</span>
        <span className="ml-auto">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      <IconButton label="Search" onClick={() => openOverlay("palette")} className="ml-auto md:hidden">
        <Search size={18} aria-hidden />
      </IconButton>
    </>
  );
}

const nextTheme = { system: "light", light: "dark", dark: "system" } as const;
const themeIcons = { system: Monitor, light: Sun, dark: Moon };

function ThemeSwitch() {
  const now = useSyncExternalStore(theme.subscribe, theme.get);
  const Icon = themeIcons[now];
  return (
    <IconButton
      label={`Theme: ${now}. Change to ${nextTheme[now]}`}
      onClick={() => setTheme(nextTheme[now])}
      className="max-sm:hidden"
    >
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}
