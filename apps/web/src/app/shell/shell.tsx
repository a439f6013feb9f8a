import { useEffect, useRef, useState } from "react";
import { Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router";
import { ConfirmHost } from "../../features/confirm/confirm-host.tsx";
import { live } from "../../features/live/the-live.ts";
import { EndedHost } from "../../features/session/ended-host.tsx";
import { NameLine } from "../../features/session/name-line.tsx";
import { useSession } from "../../features/session/use-session.ts";
import { useSince, useSinceComplaint } from "../../features/since/use-since.ts";
import { StartHost } from "../../features/start-operation/start-host.tsx";
import { useZone, useZoneComplaint } from "../../features/zone/use-zone.ts";
import { showZone } from "../../lib/zone.ts";
import { cx } from "../../ui/cx.ts";
import { lazily } from "../../ui/lazily.tsx";
import { Toasts } from "../../ui/toasts.tsx";
import { Tooltips } from "../../ui/tooltip.tsx";
import { loadSoon } from "../ahead.ts";
import { EmbeddedNotice } from "./embedded-notice.tsx";
import { EngineBanner } from "./engine-banner.tsx";
import { BottomBar, Rail } from "./navigation.tsx";
import { OverlayHost } from "./overlay-host.tsx";
import { TopBar } from "./top-bar.tsx";
import { useTabTitle } from "./use-tab-title.ts";

const OpenBanner = lazily(() => import("./open-banner.tsx"));
const SinceBar = lazily(() => import("./since-bar.tsx"));

const edges = { red: "bg-failed", amber: "bg-paused", green: "bg-completed" };

/** What stays while screens come and go. */
export function Shell() {
  const { environment, auth } = useSession();
  const [narrow, setNarrow] = useState(() => localStorage.getItem("spillway.rail") === "narrow");
  const since = useSince();
  const zone = useZone();
  const complaint = [...useSinceComplaint(), ...useZoneComplaint()];
  showZone(zone);
  const navigating = useNavigation().state !== "idle";
  useTabTitle();
  useFocusOnArrival();
  useEffect(() => live.start(), []);
  useEffect(loadSoon, []);
  const fold = () => {
    localStorage.setItem("spillway.rail", narrow ? "wide" : "narrow");
    setNarrow(!narrow);
  };
  return (
    <div className="flex min-h-dvh flex-col">
      {/* A link to a fragment would lead to another page: the address it is meant for is that of <base>. */}
      <button
        type="button"
        data-skip
        onClick={() => document.getElementById("main")?.focus()}
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded focus:bg-panel focus:p-2"
      >
        Skip to the content
      </button>
      {environment.tone === null ? null : (
        <div aria-hidden className={cx("fixed inset-x-0 top-0 z-30 h-0.75", edges[environment.tone])} />
      )}
      <TopBar />
      <div
        aria-hidden
        className={cx(
          "fixed inset-x-0 top-13 z-30 h-px bg-accent transition-opacity duration-150",
          navigating ? "opacity-100 delay-150" : "opacity-0",
        )}
      />
      <div className="flex flex-1">
        <Rail narrow={narrow} onFold={fold} />
        <div className="flex min-w-0 flex-1 flex-col">
          {auth.is_open ? <OpenBanner /> : null}
          <EndedHost />
          <EngineBanner />
          <EmbeddedNotice />
          <NameLine />
          {since === null && complaint.length === 0 ? null : <SinceBar />}
          <main
            // Its times are drawn anew in another zone.
            key={zone}
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[1480px] flex-1 px-4 pt-4 pb-24 outline-none sm:px-6 sm:pt-5 sm:pb-12"
          >
            <Outlet />
          </main>
        </div>
      </div>
      <BottomBar />
      <ConfirmHost />
      <StartHost />
      <OverlayHost />
      <Toasts />
      <Tooltips />
      <ScrollRestoration />
    </div>
  );
}

/** Where the link that was followed went away with its screen, reading and tabbing go on at the content's start. */
function useFocusOnArrival(): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (document.activeElement === document.body)
      document.getElementById("main")?.focus({ preventScroll: true });
  }, [pathname]);
}
