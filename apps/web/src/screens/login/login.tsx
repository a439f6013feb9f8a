import type { LoginWays } from "@spillway/contract/schemas";
import { ArrowRight } from "lucide-react";
import { useEffect } from "react";
import { type LoaderFunctionArgs, redirect, useLoaderData, useNavigate } from "react-router";
import { read } from "../../api/client.ts";
import { sessionEnd } from "../../api/ended.ts";
import { queryClient } from "../../api/query-client.ts";
import { LoginForm } from "../../features/login/login-form.tsx";
import { ownPath } from "../../lib/own-path.ts";
import { searchOf } from "../../lib/paths.ts";
import { buttonClass } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Mark } from "../../ui/mark.tsx";
import { failedWords } from "./failed-words.ts";
import { Water } from "./water.tsx";

interface Arrival {
  ways: LoginWays;
  next: string;
  /** Why the last attempt let nobody in. */
  failed: string | null;
}

/** Who is in already goes on at once. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Arrival | Response> {
  const search = searchOf(request);
  const next = ownPath(search.get("next"));
  const ways = await read("getLogin", {});
  return ways.is_in ? redirect(next) : { ways, next, failed: failedWords(search.get("failed")) };
}

const edges = { red: "bg-failed", amber: "bg-paused", green: "bg-completed" };

export function Component() {
  const { ways, next, failed } = useLoaderData<Arrival>();
  const navigate = useNavigate();
  const { name, tone } = ways.environment;
  useEffect(() => {
    document.title = `Log in${name === null ? "" : ` · ${name}`} · Spillway`;
  }, [name]);
  const goOn = () => {
    // What was refused before is no answer for whoever is in now.
    queryClient.clear();
    sessionEnd.set(null);
    void navigate(next, { replace: true });
  };
  return (
    <div className="relative flex min-h-dvh flex-col overflow-hidden">
      {tone === null ? null : (
        <div aria-hidden className={cx("fixed inset-x-0 top-0 z-30 h-0.75", edges[tone])} />
      )}
      <main className="z-10 mx-auto flex w-full max-w-sm flex-1 flex-col justify-center px-5 pt-10 pb-24 sm:pb-40">
        <p className="mb-5 flex items-center gap-2 font-semibold tracking-tight">
          <Mark />
          Spillway
        </p>
        <section className="rounded-xl border border-line bg-panel p-6 shadow-float">
          <h1 className="mb-5 text-lg font-semibold [overflow-wrap:anywhere]">
            {name === null ? "Log in" : `Log in to ${name}`}
          </h1>
          {failed === null ? null : (
            <p role="alert" className="mb-5 border-failed border-l-2 pl-3 text-sm">
              {failed}
            </p>
          )}
          {ways.password ? <LoginForm onDone={goOn} /> : <Elsewhere ways={ways} next={next} />}
        </section>
        {next === "/" ? null : (
          <p className="mt-4 flex items-baseline gap-1.5 px-1 text-xs text-dim">
            <ArrowRight size={12} aria-hidden className="shrink-0 self-center" />
            <span className="min-w-0">
              Then on to <span className="font-mono [overflow-wrap:anywhere]">{shortened(next)}</span>
            </span>
          </p>
        )}
      </main>
      <Water />
    </div>
  );
}

/** Where no password gets in: what does. */
function Elsewhere({ ways, next }: Pick<Arrival, "ways" | "next">) {
  const url = ways.go_to === null ? null : new URL(ways.go_to, document.baseURI);
  url?.searchParams.set("next", next);
  return (
    <div className="flex flex-col gap-5">
      <p className="text-dim">{ways.remedy}</p>
      <a href={url?.href ?? document.location.href} className={cx(buttonClass("primary"), "h-10! w-full")}>
        {url === null ? "Try again" : "Log in"}
      </a>
    </div>
  );
}

const shortened = (path: string): string => (path.length > 90 ? `${path.slice(0, 90)}…` : path);
