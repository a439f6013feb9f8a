import { stateWord } from "../../ui/state-badge.tsx";
import type { Suggested } from "../../ui/suggest-box.tsx";
import { states } from "./jobs-search.ts";
import { type KnownValue, type KnownValues, knownBy } from "./known-values.ts";
import { meanings, qualifiers, qualifierWords } from "./typed-search.ts";
import { readWords, type TypedWord, typedValue } from "./typed-words.ts";

interface Offer {
  word: string;
  note: string;
  /** Its value is still to be typed. */
  open?: boolean;
}

const most = 10;

const stateOffers: readonly Offer[] = [
  ...states.map((state) => ({ word: `state:${state}`, note: `jobs that are ${stateWord(state)}` })),
  { word: "state:any", note: "all jobs" },
];
const timeOffers: readonly Offer[] = [
  { word: "since:15m", note: "the last 15 minutes" },
  { word: "since:1h", note: "the last hour" },
  { word: "since:6h", note: "the last 6 hours" },
  { word: "since:1d", note: "the last day" },
];

const ofValues = (qualifier: string, values: readonly KnownValue[], typed: string): Offer[] =>
  values
    .filter(({ found }) => found.includes(typed))
    .map(({ value, note }) => ({ word: `${qualifier}:${typedValue(value)}`, note }));

/** What could be meant by a word that is being typed. */
function offersFor(typed: string, words: readonly TypedWord[], { task }: KnownValues): readonly Offer[] {
  const given = new Set(words.map(({ qualifier }) => qualifier));
  const names = qualifiers
    .filter(({ word, means }) => word.startsWith(typed) && !given.has(word) && !given.has(means))
    .map(({ word, note }) => ({ word: `${word}:`, note, open: true }));
  if (typed === "") return names;
  const ofStates = stateOffers.filter(
    ({ word, note }) => word.startsWith(`state:${typed}`) || note.startsWith(`jobs that are ${typed}`),
  );
  return [...names, ...ofStates, ...ofValues("task", task, typed)];
}

/** The values that a qualifier may have. */
function valuesFor(qualifier: string, typed: string, known: KnownValues): readonly Offer[] {
  const means = meanings.get(qualifier);
  if (means === "state") return stateOffers.filter(({ word }) => word.startsWith(`state:${typed}`));
  if (means === "from") return timeOffers.filter(({ word }) => word.startsWith(`since:${typed}`));
  const { word = "" } = qualifiers.find((one) => one.means === means) ?? {};
  return isKnownBy(means) ? ofValues(word, known[means], typed) : [];
}

const isKnownBy = (means: string | undefined): means is keyof KnownValues =>
  knownBy.some((by) => by === means);

/** What may come next where the caret stands, at `at`; nothing inside a word. */
export function suggest(text: string, at: number, known: KnownValues): Suggested[] {
  const words = readWords(text, qualifierWords);
  const word = words.find(({ from, to }) => from < at && at <= to);
  if (word !== undefined && word.to !== at) return [];
  const typed = word?.value.toLowerCase() ?? "";
  const others = words.filter((one) => one !== word);
  const offers =
    word === undefined || word.qualifier === null
      ? offersFor(typed, others, known)
      : valuesFor(word.qualifier, typed, known);
  const before = text.slice(0, word?.from ?? at);
  const after = text.slice(at).trimStart();
  return offers
    .filter((offer) => offer.word !== text.slice(word?.from ?? at, at))
    .slice(0, most)
    .map(({ word: put, note, open = false }) => {
      const head = `${before}${put}${open ? "" : " "}`;
      return {
        word: put,
        note,
        text: `${head}${open && after !== "" ? " " : ""}${after}`,
        at: head.length,
        open,
      };
    });
}
