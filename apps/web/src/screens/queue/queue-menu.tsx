import type { QueueDetail } from "@spillway/contract/schemas";
import { Ellipsis } from "lucide-react";
import { apiUrl } from "../../api/client.ts";
import { useOwnLinks } from "../../features/links/own-links.tsx";
import { reason, useCan } from "../../features/session/use-session.ts";
import { startOperation } from "../../features/start-operation/start.ts";
import { copyText } from "../../lib/clipboard.ts";
import { postAsCurl } from "../../lib/curl.ts";
import { paths } from "../../lib/paths.ts";
import { Menu } from "../../ui/menu.tsx";
import { toast } from "../../ui/toasts.tsx";

async function copy(what: string, text: string): Promise<void> {
  if (await copyText(text)) toast({ outcome: "success", title: `Copied ${what}` });
  else toast({ outcome: "failed", title: "The browser refused to copy", children: text });
}

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
  const command = () => postAsCurl(apiUrl(endpoint, { queue: name }));
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
        { key: "link", text: "Copy link", onPick: () => void copy("the link", address()) },
        { key: "name", text: "Copy name", onPick: () => void copy("the name", name) },
        { key: "curl", text: `Copy ${act} as curl`, onPick: () => void copy("the command", command()) },
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
