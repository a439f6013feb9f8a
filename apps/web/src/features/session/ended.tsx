import { LogIn } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { EndedDialog } from "./ended-dialog.tsx";

/**
 * When whoever looks isn't known any more: the page stays as it is, with all that was typed, says so and asks to log in. Who
 * only wants to go on reading may close the question; the line stays.
 */
export default function Ended() {
  const [closed, setClosed] = useState(false);
  return (
    <>
      <div
        role="alert"
        className="sticky top-13 z-19 flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-paused/50 bg-warn-wash px-4 py-2 text-sm sm:px-6"
      >
        <p className="min-w-0">
          <strong>You are logged out.</strong> What you see is from before and changes no more.
        </p>
        <Button size="small" icon={<LogIn size={14} aria-hidden />} onClick={() => setClosed(false)}>
          Log in
        </Button>
      </div>
      {closed ? null : <EndedDialog onClose={() => setClosed(true)} />}
    </>
  );
}
