import { write } from "../../api/client.ts";
import { errorWords } from "../../api/problem-words.ts";
import { toast } from "../../ui/toasts.tsx";

/** Ends the session, at an identity provider too where there is one, and leaves this page with all it holds. */
export async function logOut(): Promise<void> {
  let goTo: string | null;
  try {
    goTo = (await write("logOut", {}, {})).go_to;
  } catch (error) {
    const { title, text } = errorWords(error);
    toast({ outcome: "failed", title: `Logging out failed: ${title.toLowerCase()}`, children: text });
    return;
  }
  location.assign(goTo ?? new URL("login", document.baseURI));
}
