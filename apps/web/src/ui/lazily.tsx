import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { loadCode } from "../lib/code.ts";

/** A component whose code loads when it is first shown; until it is there, `fallback` stands in its place. */
export function lazily<P extends object>(
  get: () => Promise<{ default: ComponentType<P> }>,
  fallback: ReactNode = null,
): ComponentType<P> {
  const Loaded: ComponentType<P> = lazy(() => loadCode(get));
  return (props) => (
    <Suspense fallback={fallback}>
      <Loaded {...props} />
    </Suspense>
  );
}
