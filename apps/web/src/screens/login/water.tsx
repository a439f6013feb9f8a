const WAVES = [
  { d: "M0 60c120-40 240-40 360 0s240 40 360 0 240-40 360 0 240 40 360 0v140H0z", look: "opacity-[0.06]" },
  { d: "M0 96c120-32 240-32 360 0s240 32 360 0 240-32 360 0 240 32 360 0v104H0z", look: "opacity-[0.09]" },
  { d: "M0 130c120-24 240-24 360 0s240 24 360 0 240-24 360 0 240 24 360 0v70H0z", look: "opacity-[0.13]" },
];

/** Still water at the foot of the page. */
export const Water = () => (
  <svg
    viewBox="0 0 1440 200"
    preserveAspectRatio="none"
    aria-hidden
    className="pointer-events-none absolute inset-x-0 bottom-0 h-40 w-full text-accent sm:h-56"
  >
    {WAVES.map(({ d, look }) => (
      <path key={d} d={d} fill="currentColor" className={look} />
    ))}
  </svg>
);
