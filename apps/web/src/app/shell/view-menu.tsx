import { Settings2 } from "lucide-react";
import { paces } from "../../features/live/pace.ts";
import { live, useLive } from "../../features/live/the-live.ts";
import { useZoneEntries } from "../../features/zone/use-zone.ts";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";

/** How often what is on screen may change, and in which zone its times are. */
export function useViewEntries(): MenuEntry[] {
  const { every, status } = useLive();
  const zones = useZoneEntries();
  const updates = paces.map((seconds) => ({
    key: `every ${seconds}`,
    text: seconds === 0 ? "Updates as they come" : `Updates every ${seconds} s`,
    current: every === seconds && status !== "paused",
    onPick: () => live.setEvery(seconds),
  }));
  return [...updates, ...zones];
}

export function ViewMenu() {
  const entries = useViewEntries();
  return (
    <span className="max-sm:hidden">
      <Menu label="Updates and times" trigger={<Settings2 size={14} aria-hidden />} entries={entries} />
    </span>
  );
}
