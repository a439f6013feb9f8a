import { write } from "../../api/client.ts";
import { errorWords } from "../../api/problem-words.ts";
import { toast } from "../../ui/toasts.tsx";

/** Ends the session and leaves this page with all it holds. */
export async function logOut(): Promise<void> {
  try {
    await write("logOut", {}, {});
  } catch (error) {
    const { title, text } = errorWords(error);
    toast({ outcome: "failed", title: `Logging out failed: ${title.toLowerCase()}`, children: text });
    return;
  }
  location.assign(new URL("login", document.baseURI));
}
