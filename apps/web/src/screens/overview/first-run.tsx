import { useState } from "react";
import { useSession } from "../../features/session/use-session.ts";
import { lazily } from "../../ui/lazily.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";

const seenKey = "spillway.first-run";
const FirstRunCard = lazily(() => import("./first-run-card.tsx"), <Skeleton className="h-52 w-full" />);

/** For who sees Spillway for the first time. Gone once answered. */
export function FirstRun() {
  const { engine } = useSession();
  const [seen, setSeen] = useState(() => localStorage.getItem(seenKey) !== null);
  if (seen || !engine.embedded || engine.scenario !== "healthy") return null;
  const close = () => {
    localStorage.setItem(seenKey, "yes");
    setSeen(true);
  };
  return <FirstRunCard onClose={close} />;
}
