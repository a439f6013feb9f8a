import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { useRevalidator } from "react-router";
import { sessionEnd } from "../../api/ended.ts";
import { loginQuery, sessionQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { LoginForm } from "../login/login-form.tsx";
import { useSession } from "./use-session.ts";

/** Asks whoever was logged out to log in again, above the page they were on. */
export function EndedDialog({ onClose }: { onClose: () => void }) {
  const { actor } = useSession();
  const { data: ways } = useQuery(loginQuery());
  const goOn = useGoingOn(actor.id);
  // Not before it can be answered: its first field takes the focus.
  if (ways === undefined) return null;
  return (
    <Dialog title="Your session has ended" onClose={onClose} typing>
      <p className="mb-4 text-dim">
        Nothing on this page is lost, nor what you typed. {ways.password ? "Log in and go on." : ways.remedy}
      </p>
      {ways.password ? (
        <LoginForm user={actor.id} onDone={() => void goOn()} />
      ) : (
        <div className="flex flex-wrap gap-2">
          {ways.go_to === null ? null : (
            // In a window of its own, so that this page stays; back here, it looks by itself.
            <a
              href={new URL(ways.go_to, document.baseURI).href}
              target="_blank"
              rel="noopener noreferrer"
              className={buttonClass("primary")}
            >
              Log in, in another tab
            </a>
          )}
          <Button onClick={() => void goOn()}>I am logged in again</Button>
        </div>
      )}
    </Dialog>
  );
}

/** Looks whether somebody is known again, also when they come back from another window, and brings the page up to date. */
function useGoingOn(before: string): () => Promise<void> {
  const { revalidate } = useRevalidator();
  const goOn = useCallback(async () => {
    try {
      const { actor } = await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 });
      // What one person was shown is not for another.
      if (actor.id !== before) return location.reload();
    } catch {
      return;
    }
    sessionEnd.set(null);
    void queryClient.invalidateQueries();
    void revalidate();
  }, [before, revalidate]);
  useEffect(() => {
    const look = () => void goOn();
    addEventListener("focus", look);
    return () => removeEventListener("focus", look);
  }, [goOn]);
  return goOn;
}
