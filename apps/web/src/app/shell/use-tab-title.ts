import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { overviewQuery } from "../../api/queries.ts";
import { useSession } from "../../features/session/use-session.ts";

/** `2 ✕ prod · Spillway`: what needs attention is seen from other tabs, in the title and on the icon. */
export function useTabTitle(): void {
  const { environment } = useSession();
  const { data } = useQuery(overviewQuery());
  const open =
    data?.trouble.filter((trouble) => trouble.severity !== "info" && trouble.acked === null).length ?? 0;
  const down = data?.engine.status === "down";
  const count = open + (down ? 1 : 0);
  useEffect(() => {
    document.title = [
      count > 0 ? `${count} ✕ ` : "",
      environment.name === null ? "" : `${environment.name} · `,
      "Spillway",
    ].join("");
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon !== null) icon.href = count === 0 ? "favicon.svg" : `favicon-${count > 9 ? "many" : count}.svg`;
  }, [count, environment.name]);
}
