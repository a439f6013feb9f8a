import type { QueueDetail } from "@spillway/contract/schemas";
import { Ellipsis } from "lucide-react";
import { apiUrl } from "../../api/client.ts";
import { useOwnLinks } from "../../features/links/own-links.tsx";
import { copyEntry } from "../../features/notes/copy-menu.tsx";
import { postAsCurl, readAsCurl } from "../../features/session/as-curl.ts";
import { reason, useCan } from "../../features/session/use-session.ts";
import { startOperation } from "../../features/start-operation/start.ts";
import { paths } from "../../lib/paths.ts";
import { Menu } from "../../ui/menu.tsx";

const openOutside = (href: string) => void window.open(href, "_blank", "noreferrer");

/**
 * Where else to look for a queue, what can be taken along from it (its address, its name, its next action for a shell), and
 * what can be deleted.
 */
export function QueueMenu({ queue }: { queue: QueueDetail }) {
  const { name, paused } = queue;
  const can = useCan();
  const [act, endpoint] = paused ? (["resume", "resumeQueue"] as const) : (["pause", "pauseQueue"] as const);
  const links = useOwnLinks("queue", { queue: name });
  const address = () => new URL(paths.queue(name).slice(1), document.baseURI).href;
  return (
    <Menu
      label={`More for ${name}`}
      tone="default"
      trigger={<Ellipsis size={16} aria-hidden />}
      entries={[
        ...links.map(({ label, href }) => ({
          key: href,
          text: `${label} ↗`,
          onPick: () => openOutside(href),
        })),
        copyEntry("Copy link", "the link", address),
        copyEntry("Copy name", "the name", () => name),
        copyEntry("Copy as curl: read it", "the command", () =>
          readAsCurl(apiUrl("getQueue", { queue: name })),
        ),
        ...(can(`queue.${act}`, queue) === true
          ? [
              copyEntry(`Copy as curl: ${act} it`, "the command", () =>
                postAsCurl(apiUrl(endpoint, { queue: name })),
              ),
            ]
          : []),
        {
          key: "drain",
          text: "Delete all waiting jobs…",
          tone: "danger",
          disabledReason: reason(can("queue.drain", queue)),
          onPick: () => void startOperation({ kind: "drain", queue: name }),
        },
        {
          key: "clean",
          text: "Delete old jobs…",
          tone: "danger",
          disabledReason: reason(can("queue.clean", queue)),
          onPick: () => void startOperation({ kind: "clean", queue: name }),
        },
      ]}
    />
  );
}
