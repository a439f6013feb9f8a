import { createVerifier, sha256, type Verdict } from "@spillway/contract/audit";

/** Read at once: so that the page stays alive in between. Bytes. */
const PIECE = 65_536;

/** Verifies an export or an audit file here in the page; `head`: the hash of an entry, noted elsewhere, that must be in it. */
export async function verifyBlob(blob: Blob, head: string | null): Promise<Verdict> {
  const verifier = createVerifier({ sha256, head });
  const decoder = new TextDecoder();
  let rest = "";
  for (let at = 0; at < blob.size; at += PIECE) {
    const bytes = await blob.slice(at, at + PIECE).arrayBuffer();
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) verifier.add(line);
  }
  rest += decoder.decode();
  if (rest !== "") verifier.add(rest);
  return verifier.end(rest !== "");
}
