import type { Reply } from "@spillway/contract/schemas";
import { useRef, useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { write } from "../../api/client.ts";
import { errorWords } from "../../api/problem-words.ts";
import { useClock } from "../../ui/use-now.ts";

export interface Login {
  /** Why the last attempt failed, in a sentence; null if none did. */
  failure: string | null;
  /** Whether an attempt is under way. */
  busy: boolean;
  /** How many seconds no attempt is taken; 0: go on. */
  waitS: number;
  /** Resolves to what was answered; null if that lets nobody in. */
  attempt: (user: string, password: string) => Promise<Reply<"logIn"> | null>;
}

/** One attempt at a time; after too many, waits as long as the server says. */
export function useLogin(): Login {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [until, setUntil] = useState(0);
  const running = useRef(false);
  const waitS = useClock(() => Math.max(0, Math.ceil((until - Date.now()) / 1_000)));
  return {
    failure: waitS === 0 && until > 0 && failure !== null ? "You can try again now." : failure,
    busy,
    waitS,
    async attempt(user, password) {
      if (running.current) return null;
      running.current = true;
      setBusy(true);
      try {
        return await write("logIn", {}, { user, password });
      } catch (error) {
        const seconds = secondsIn(error);
        setUntil(seconds === null ? 0 : Date.now() + seconds * 1_000);
        setFailure(seconds === null ? errorWords(error).text : "Too many attempts.");
        return null;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  };
}

/** `Try again in 24 s.` */
function secondsIn(error: unknown): number | null {
  if (!(error instanceof ApiError) || error.code !== "rate_limited") return null;
  const seconds = /(\d+) s\b/.exec(error.problem.detail)?.[1];
  return seconds === undefined ? 5 : Number(seconds);
}
