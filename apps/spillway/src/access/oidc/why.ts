import type { SignOnFailure } from "@spillway/bff";
import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";

/** What an error of the client library means for whoever wants in. */
export function failureOf(error: unknown): SignOnFailure {
  if (error instanceof AuthorizationResponseError) return "refused";
  if (error instanceof ResponseBodyError) return error.status >= 500 ? "provider_down" : "not_valid";
  if (!(error instanceof ClientError)) return isNetwork(error) ? "provider_down" : "not_valid";
  return error.code === "OAUTH_TIMEOUT" || isNetwork(error) ? "provider_down" : "not_valid";
}

/** In words for the record and the log; holds no token. */
export function whyOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return `The provider answered ${error.error}${error.error_description ? `: ${error.error_description}` : ""}.`.slice(
      0,
      300,
    );
  if (!(error instanceof Error)) return "It failed for no known reason.";
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`.slice(0, 300);
}

/** `fetch` says that nothing answered by a TypeError whose cause has the system's code. */
function isNetwork(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = "code" in at ? String(at.code) : "";
    if (/^(?:E[A-Z]+|UND_ERR_\w+)$/.test(code) || at.message === "fetch failed") return true;
  }
  return false;
}
