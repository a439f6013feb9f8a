/** Why nobody was let in by a provider, by the code that the way back from there names; anything else is none of ours. */
const WORDS: Readonly<Record<string, string>> = {
  provider_down: "Your identity provider does not answer. Try again in a moment.",
  refused: "Your identity provider let nobody in.",
  no_role:
    "You are known, but none of your groups has a role here. Ask whoever runs this console to add one.",
  expired: "This login was not begun in this browser, or too long ago. Begin anew.",
  not_valid: "What your identity provider answered can't be trusted, so nobody was let in.",
  not_recorded: "The login could not be put on record, so nobody was let in. Try again in a moment.",
};

export function failedWords(code: string | null): string | null {
  return code !== null && Object.hasOwn(WORDS, code) ? (WORDS[code] ?? null) : null;
}
