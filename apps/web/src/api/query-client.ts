import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";

/** What pictures are worth keeping for, ms. */
const keep = 5 * 60_000;

/**
 * The live stream keeps pictures fresh, so nothing refetches by focus or interval. A refusal is never repeated; an
 * engine that is away is asked once more, and after that the stream tells when it is back.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5000,
        gcTime: keep,
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        networkMode: "always",
        retry: (count, error) => count < 1 && !(error instanceof ApiError && error.status < 500),
        retryDelay: 700,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export const queryClient = createQueryClient();
