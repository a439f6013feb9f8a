import type { ReactNode } from "react";
import { createStore } from "../../lib/store.ts";

/** What a person is asked before something happens. Every part is a sentence or two. */
export interface Question {
  /** With the object's name: `Pause billing?` */
  title: string;
  /** What will happen, and to how many. */
  effect: ReactNode;
  /** What follows from it for others. */
  consequence?: ReactNode;
  /** How to go back, or that there is no way back. */
  wayBack: ReactNode;
  /** The verb on the button that acts. */
  act: string;
  tone?: "plain" | "danger";
  /** The action's name; the policy may require a reason for it. */
  action: string;
  /** A reason is asked for whatever the policy says. */
  needsReason?: true;
  /** A hook: what has become of it while the question stands. */
  useStanding?: () => Standing;
  /** More to choose, e.g. whether to give all attempts back. */
  options?: ReactNode;
  /** A name that has to be typed first, for what deletes much and can't be undone; `why` is a sentence. */
  typeName?: { name: string; why: string };
  /** What the text is called that people may give, where it is more than a reason. */
  asks?: { label: string; hint: string } | undefined;
}

/** A question as it stands now. */
export interface Standing {
  /** On the button, in place of the question's. */
  act: string;
  /** What has changed since it was asked, as a sentence, or null. */
  note: string | null;
  /** Why nothing is left to act on, as a sentence, or null. */
  off: string | null;
}

export interface Answer {
  reason?: string;
  incident?: string;
}

export interface Asked {
  question: Question;
  answer: (answer: Answer | null) => void;
}

export const asked = createStore<Asked | null>(null);

/** Asks; resolves to the reason and incident given, or to null if it was called off. */
export function confirm(question: Question): Promise<Answer | null> {
  asked.get()?.answer(null);
  return new Promise((resolve) => {
    asked.set({
      question,
      answer: (answer) => {
        asked.set(null);
        resolve(answer);
      },
    });
  });
}
