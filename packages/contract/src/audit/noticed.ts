import type { AuditRecord } from "../schemas/index.ts";

/** When something happened that the console only noticed: not before the one, not after the other. */
export interface Between {
  /** Null: it was so when the console began to look. */
  from: string | null;
  to: string;
}

/** Null of what was done through the console, and of records that say no more than when it was seen. */
export function noticedBetween({ source, details }: Pick<AuditRecord, "source" | "details">): Between | null {
  const { between } = details;
  if (source !== "observed" || typeof between !== "object" || between === null) return null;
  const [from, to] = [Reflect.get(between, "from"), Reflect.get(between, "to")];
  if (typeof to !== "string" || (from !== null && typeof from !== "string")) return null;
  return { from, to };
}

/** When it happened, as far as is known; of what was done through the console when it was begun. */
export const happenedAt = (record: Pick<AuditRecord, "source" | "details" | "timestamp">): string =>
  noticedBetween(record)?.to ?? record.timestamp;
