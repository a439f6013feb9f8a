import { CopyButton } from "./copy-button.tsx";

/** Something to run or paste elsewhere; `label` says what is copied. */
export function Snippet({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex max-w-full flex-col items-start gap-2 text-left">
      <pre className="max-w-full rounded bg-raised px-3 py-2 font-mono text-xs whitespace-pre-wrap text-text [overflow-wrap:anywhere]">
        {text}
      </pre>
      <CopyButton size="small" label={label} text={text} />
    </div>
  );
}
