import type { Session } from "@spillway/contract/schemas";
import { utcStamp } from "../../lib/format.ts";
import { serverNow } from "../../ui/use-now.ts";
import { lastingAddress } from "./lasting-address.ts";

/** Markdown that pastes well into incident notes: a heading, facts, where it was seen and when. */
export interface Note {
  title: string;
  lines: readonly string[];
}

const escapeMarkdown = (text: string) => text.replace(/[\\`*_[\]<>|]/g, "\\$&");

/** A name as code, whatever backticks it holds. */
export function codeName(name: string): string {
  const fence = "`".repeat(Math.max(0, ...[...name.matchAll(/`+/g)].map((run) => run[0].length)) + 1);
  return fence.length === 1 ? `\`${name}\`` : `${fence} ${name} ${fence}`;
}

/** `address`: where it was seen, without a time that moves. */
export function printNote(note: Note, session: Session, address = lastingAddress()): string {
  const where = session.environment.name ?? "local";
  return [
    `**${escapeMarkdown(note.title)}** (${escapeMarkdown(where)}, ${utcStamp(serverNow())})`,
    "",
    ...note.lines.map((line) => `- ${line}`),
    "",
    `<${address}>`,
    "",
  ].join("\n");
}
