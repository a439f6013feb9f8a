/** The gate of a spillway, water running out below. */
export const Mark = () => (
  <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden className="shrink-0 text-accent">
    <path
      d="M3 11c4.3 0 4.3-4 8.7-4s4.3 4 8.6 4 4.4-4 8.7-4"
      stroke="currentColor"
      strokeWidth="3.2"
      fill="none"
      strokeLinecap="round"
    />
    <path d="M9 17v8M16 19v8M23 17v8" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" />
  </svg>
);
