import { sessionQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { readAsCurl as get, postAsCurl as post } from "../../lib/curl.ts";

/** Where people log in, a program brings a token; `SPILLWAY_TOKEN` holds it, as for our own command line. */
const isOpen = (): boolean => queryClient.getQueryData(sessionQuery().queryKey)?.auth.mode === "none";

/** What a screen asks, as a command to paste. */
export const readAsCurl = (url: string): string => get(url, isOpen());

/** What a button does, as a command to paste. */
export const postAsCurl = (url: string, body: Record<string, unknown> = {}): string =>
  post(url, body, isOpen());
