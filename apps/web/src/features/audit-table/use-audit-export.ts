import type { Query } from "@spillway/contract/schemas";
import { apiUrl } from "../../api/client.ts";
import { useExport } from "../downloads/use-export.ts";

type Asked = Partial<Query<"exportAudit">>;

const question = {
  title: "Export the audit?",
  effect: "The records that match are downloaded as a file, as they are on record until now.",
  wayBack: "The audit stays as it is. Who exported it, and why, is on record.",
};

/** Records as a file: why there can be none, and where it is; null where it is not wanted after all. */
export function useAuditExport() {
  const { off, why } = useExport("audit.export", null, question);
  return {
    off,
    url: async (asked: Asked): Promise<string | null> => {
      const said = await why();
      if (said === null) return null;
      const { incident, ...given } = said;
      return apiUrl("exportAudit", {}, { ...asked, ...given, ...(incident && { for_incident: incident }) });
    },
  };
}
