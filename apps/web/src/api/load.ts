import { type QueryKey, type UseQueryOptions, useQuery } from "@tanstack/react-query";
import { queryClient } from "./query-client.ts";

// The options of different queries share no type parameter; a loader only needs their keys and functions.
// biome-ignore lint/suspicious/noExplicitAny: variance of query options
type AnyOptions = UseQueryOptions<any, Error, any, any>;

/**
 * For route loaders: answers from the cache at once and refreshes behind, else waits. What can't be had now is thrown
 * to the route's error boundary.
 */
export async function load(...wanted: AnyOptions[]): Promise<null> {
  await Promise.all(wanted.map((one) => queryClient.ensureQueryData({ ...one, revalidateIfStale: true })));
  return null;
}

/** How long a screen waits for what it can be shown without, ms. */
const moment = 150;

/** Waits for reads a moment: what comes at once is part of the first picture, and nothing is drawn to be drawn over. */
export async function forAMoment(...reads: Promise<unknown>[]): Promise<null> {
  if (reads.length > 0)
    await Promise.race([Promise.allSettled(reads), new Promise((resolve) => setTimeout(resolve, moment))]);
  return null;
}

/** For what a screen can be shown without: starts the reads, and waits {@link forAMoment} for those never read before. */
export function loadBehind(...wanted: AnyOptions[]): Promise<null> {
  const isNew = ({ queryKey }: AnyOptions) => queryClient.getQueryData(queryKey) === undefined;
  const fresh = wanted.filter(isNew);
  for (const one of wanted) if (!fresh.includes(one)) void queryClient.prefetchQuery(one);
  return forAMoment(...fresh.map((one) => queryClient.prefetchQuery(one)));
}

/** Reads what the route's loader fetched with the same options; throws if the loader forgot. */
export function useLoaded<Data, Key extends QueryKey>(
  options: UseQueryOptions<Data, Error, Data, Key>,
): Data {
  const { data, error } = useQuery(options);
  if (data !== undefined) return data;
  throw error ?? new Error(`No loader fetched ${JSON.stringify(options.queryKey)}`);
}
