import { ShieldOff } from "lucide-react";

/** While anyone on the network gets in, every screen says so. */
export default function OpenBanner() {
  return (
    <div className="flex items-start gap-3 border-b border-failed/40 bg-danger-wash px-4 py-2 text-sm sm:px-6">
      <ShieldOff size={16} aria-hidden className="mt-0.5 shrink-0 text-failed" />
      <p>
        <strong className="text-failed">Anyone on the network can do everything here.</strong> Nobody has to
        log in, as this console was started with <code className="font-mono text-xs">--insecure-no-auth</code>
        .
      </p>
    </div>
  );
}
