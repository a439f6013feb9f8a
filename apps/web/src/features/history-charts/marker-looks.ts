import type { Marker } from "@spillway/contract/schemas";
import { Flag, type LucideIcon, MousePointerClick, Rocket, Siren } from "lucide-react";

/** How each kind of marker is drawn and called. */
export const markerLooks: Record<Marker["kind"], { icon: LucideIcon; word: string }> = {
  deploy: { icon: Rocket, word: "deploy" },
  incident: { icon: Siren, word: "incident" },
  note: { icon: Flag, word: "note" },
  action: { icon: MousePointerClick, word: "action" },
};
