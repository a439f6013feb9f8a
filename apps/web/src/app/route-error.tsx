import { useEffect } from "react";
import { isRouteErrorResponse, Link, useRevalidator, useRouteError } from "react-router";
import { ApiError, Unreachable } from "../api/api-error.ts";
import { healEvery } from "../api/heal.ts";
import { errorWords } from "../api/problem-words.ts";
import { CodeMissing } from "../lib/code.ts";
import { paths } from "../lib/paths.ts";
import { buttonClass } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";

export function NotFound() {
  return (
    <ErrorState page title="There is no such page">
      <p>The address names nothing that Spillway shows.</p>
      <BackToOverview />
    </ErrorState>
  );
}

/** What a screen shows that could not be loaded or that broke. */
export function RouteError() {
  const error = useRouteError();
  const { revalidate, state } = useRevalidator();
  const { title, text, reference } = errorWords(error);
  const gone = error instanceof ApiError && error.status === 404;
  // The question to log in says how to go on.
  const unknown = error instanceof ApiError && error.status === 401;
  // What could not be answered heals by itself; a fault of the page does not.
  const again = error instanceof ApiError || error instanceof Unreachable ? healEvery(error) : false;
  useEffect(() => {
    if (again === false || state === "loading") return;
    const timer = setTimeout(() => void revalidate(), again);
    return () => clearTimeout(timer);
  }, [again, state, revalidate]);
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <ErrorState
      page
      title={title}
      reference={unknown ? null : reference}
      onRetry={
        error instanceof CodeMissing
          ? () => location.reload()
          : gone || unknown || state === "loading"
            ? undefined
            : () => void revalidate()
      }
    >
      <p>{text}</p>
      {gone ? <BackToOverview /> : null}
    </ErrorState>
  );
}

const BackToOverview = () => (
  <p className="mt-4">
    <Link to={paths.overview()} className={buttonClass()}>
      Go to the overview
    </Link>
  </p>
);
